import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLogFormat, LOG_FORMATS, type LogFormat } from '#decision-log';
import { Refusal } from '#kernel';
import { Doorkeeper } from '../doorkeeper.js';
import { byteRange } from './byte-range.js';
import { DecisionLogs, preferredFormat } from './decision-logs.js';

/** Where others reach the register, for permanent addresses. */
export const PUBLIC_URL = Symbol('PUBLIC_URL');

/** Documents about the record: issued decision logs, and a page of each decision. They need an actor, as GraphQL does. */
@Controller()
export class DecisionLogController {
  constructor(
    private readonly logs: DecisionLogs,
    private readonly doorkeeper: Doorkeeper,
    @Inject(PUBLIC_URL) private readonly publicUrl: string | undefined,
  ) {}

  /**
   * `/decisions/ICB-2025/26-0042`: one decision with its history in sentences. A slash of the reference stands in the
   * address as it is, since many proxies do not let `%2F` through; written so it is taken as well.
   */
  @Get('decisions/*')
  async decision(
    @Param('*') reference: string,
    @Query('asAt') asAt: string | undefined,
    @Query('asKnownAt') asKnownAt: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const basis = { ...(asAt && { asAt }), ...(asKnownAt && { asKnownAt }) };
    const actor = this.doorkeeper.actorOf(request);
    const page = await this.logs.page(reference, basis, this.publicUrl, actor, Date.now());
    if (page === undefined) throw new NotFoundException();
    await reply.type('text/html; charset=utf-8').send(page);
  }

  /** `/decision-logs/{id}.html`, or `/decision-logs/{id}` by what the request accepts. `?exactly=true`: without notices. */
  @Get('decision-logs/:file')
  async decisionLog(
    @Param('file') file: string,
    @Query('exactly') exactly: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { id, format } = named(file, request.headers.accept);
    const actor = this.doorkeeper.actorOf(request);
    const made = await this.logs.issued(id, format, exactly === 'true', actor, Date.now());
    if (!made) throw new NotFoundException();
    const etag = `"${made.sha256}"`;
    void reply.headers({ etag, vary: 'accept', 'accept-ranges': 'bytes' });
    if (made.asIssued !== null) void reply.header('decision-log-as-issued', String(made.asIssued));
    if (isKnown(request.headers['if-none-match'], etag)) return void (await reply.code(304).send());
    const { bytes } = made;
    const ifRange = request.headers['if-range'];
    const range =
      ifRange === undefined || ifRange === etag ? byteRange(request.headers.range, bytes.byteLength) : undefined;
    void reply.type(LOG_FORMATS[format].type);
    if (format !== 'html')
      void reply.header('content-disposition', `attachment; filename="${LOG_FORMATS[format].file}"`);
    if (range === 'unsatisfiable') {
      return void (await reply.code(416).header('content-range', `bytes */${bytes.byteLength}`).send());
    }
    if (!range) return void (await reply.send(Buffer.from(bytes)));
    const { first, last } = range;
    await reply
      .code(206)
      .header('content-range', `bytes ${first}-${last}/${bytes.byteLength}`)
      .send(Buffer.from(bytes.subarray(first, last + 1)));
  }
}

function named(file: string, accept: string | undefined): { readonly id: string; readonly format: LogFormat } {
  const dot = file.lastIndexOf('.');
  const ending = file.slice(dot + 1);
  if (dot > 0 && isLogFormat(ending)) return { id: file.slice(0, dot), format: ending };
  const format = preferredFormat(accept);
  if (format) return { id: file, format };
  throw new Refusal(
    'LOG_FORMAT_UNKNOWN',
    `none of what the request accepts is a format of a log: found ${JSON.stringify(accept)}`,
    {
      field: 'accept',
      remedy: `ask for one of ${Object.values(LOG_FORMATS)
        .map(({ type }) => type.split(';')[0])
        .join(', ')}`,
    },
  );
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
