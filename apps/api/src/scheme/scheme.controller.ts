import { createHash } from 'node:crypto';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  authoritiesFile,
  basisFor,
  dataDictionary,
  differenceMade,
  functionsMapOf,
  isLogFormat,
  LOG_FORMATS,
  mapMade,
  schemeDifferenceOf,
  schemeMade,
  schemeOf,
  type Authorities,
  type LogFormat,
} from '#decision-log';
import { parseCivilDate, Refusal } from '#kernel';
import { preferredFormat } from '../decision-log/decision-logs.js';
import { Doorkeeper } from '../doorkeeper.js';
import { Schemes } from './schemes.js';

type Asked = Readonly<Record<string, string | undefined>>;

/** Documents of who may decide, made when they are asked for. They need an actor, as GraphQL does. */
@Controller()
export class SchemeController {
  constructor(
    private readonly schemes: Schemes,
    private readonly doorkeeper: Doorkeeper,
  ) {}

  /** `/schemes/ods:QR1.html?asAt=2025-04-01`, or without an ending by what the request accepts. `&dictionary=true`: what the columns of the CSV mean. */
  @Get('schemes/*')
  async scheme(
    @Param('*') file: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { organisation, format } = named(file, request.headers.accept);
    const now = Date.now();
    const { source, reader } = this.schemes.for(this.doorkeeper.actorOf(request), now);
    const basis = await basisFor(source, reader, { ...basisIn(asked), now });
    const scheme = await schemeOf(source, { organisation, reader, basis });
    await send(schemeMade(scheme), format, asked, request, reply);
  }

  /** `/functions-maps/ods:QR1.html`, or of a place `/functions-maps/place/forest.html`. */
  @Get('functions-maps/*')
  async map(
    @Param('*') file: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { organisation, format } = named(file, request.headers.accept);
    const now = Date.now();
    const { source, reader } = this.schemes.for(this.doorkeeper.actorOf(request), now);
    const basis = await basisFor(source, reader, { ...basisIn(asked), now });
    const of = organisation.startsWith('place/') ? { place: organisation } : { organisation };
    await send(mapMade(await functionsMapOf(source, { ...of, reader, basis })), format, asked, request, reply);
  }

  /** `/scheme-differences/ods:QR1.html?from=2025-04-01&to=2026-04-01`: between the scheme on two days, as known at one moment. */
  @Get('scheme-differences/*')
  async difference(
    @Param('*') file: string,
    @Query() asked: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { organisation, format } = named(file, request.headers.accept);
    const now = Date.now();
    const { source, reader } = this.schemes.for(this.doorkeeper.actorOf(request), now);
    const from = dayIn(asked, 'from');
    const basis = await basisFor(source, reader, { ...basisIn(asked), asAt: dayIn(asked, 'to'), now });
    const difference = await schemeDifferenceOf(source, { organisation, reader, basis, from });
    await send(differenceMade(difference), format, asked, request, reply);
  }
}

/** The organisation and the format in an address; its last ending is the format where it is one. */
function named(
  file: string,
  accept: string | undefined,
): { readonly organisation: string; readonly format: LogFormat } {
  const dot = file.lastIndexOf('.');
  const ending = file.slice(dot + 1);
  if (dot > 0 && isLogFormat(ending)) return { organisation: file.slice(0, dot), format: ending };
  const format = preferredFormat(accept);
  if (format) return { organisation: file, format };
  throw new Refusal(
    'LOG_FORMAT_UNKNOWN',
    `none of what the request accepts is a format of a document: found ${JSON.stringify(accept)}`,
    {
      field: 'accept',
      remedy: `end the address with one of ${Object.keys(LOG_FORMATS)
        .map((one) => `.${one}`)
        .join(', ')}`,
    },
  );
}

const basisIn = ({ asAt, asKnownAt }: Asked) => ({ ...(asAt && { asAt }), ...(asKnownAt && { asKnownAt }) });

/** @throws Refusal `NOT_A_DATE`, also where it is left out. */
const dayIn = (asked: Asked, field: 'from' | 'to') => parseCivilDate(asked[field] ?? '', field);

async function send<Row>(
  made: Authorities<Row>,
  format: LogFormat,
  { dictionary }: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const isDictionary = format === 'csv' && dictionary === 'true';
  const bytes = isDictionary ? await dataDictionary(made) : await authoritiesFile(made, format);
  const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`;
  void reply.headers({ etag, vary: 'accept' });
  if (request.headers['if-none-match'] === etag) return void (await reply.code(304).send());
  const name = `${isDictionary ? 'data-dictionary' : made.file}.${format}`;
  if (format !== 'html') void reply.header('content-disposition', `attachment; filename="${name}"`);
  await reply.type(LOG_FORMATS[format].type).send(Buffer.from(bytes));
}
