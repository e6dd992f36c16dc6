import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from './readiness.js';
import { RegisterRuntime } from './register.runtime.js';

@Controller('health')
export class HealthController {
  constructor(
    private readonly runtime: RegisterRuntime,
    private readonly readiness: Readiness,
  ) {}

  /** The process answers. Restart it where this fails. */
  @Get('live')
  live(): object {
    return { status: 'live' };
  }

  /** The register can be asked: 200, otherwise 503. Send it no traffic where this fails. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { store, followers } = await this.runtime.status();
    const ready = !this.readiness.draining && store.readable && followers.every(({ state }) => state === 'live');
    void reply.code(ready ? 200 : 503);
    return { status: this.readiness.draining ? 'draining' : ready ? 'ready' : 'not ready', store, followers };
  }
}
