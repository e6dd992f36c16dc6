import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { healthOf, READY_AFTER } from '#operations';
import { Readiness } from './readiness.js';
import { RegisterRuntime } from './register.runtime.js';

@Controller()
export class HealthController {
  constructor(
    private readonly runtime: RegisterRuntime,
    private readonly readiness: Readiness,
  ) {}

  /** The process answers. Restart it where this fails. */
  @Get('health/live')
  live(): object {
    return { status: 'live' };
  }

  /** The register can be asked: 200, otherwise 503 with `Retry-After`. Send it no traffic where this fails. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const status = await this.runtime.status();
    const health = this.readiness.draining ? 'draining' : healthOf(status, this.runtime.follows);
    const isReady = health === 'ready' || health === 'behind';
    void reply.code(isReady ? 200 : 503);
    if (!isReady) void reply.header('retry-after', String(READY_AFTER));
    return { status: health, ...status };
  }

  /** Figures for Prometheus. Nothing that is recorded is in them. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.runtime.metricsText();
  }
}
