import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ForwardingWatch } from '../http/forwarding-watch.service.js';
import { OperatorAccess } from '../http/operator-access.service.js';
import { Public } from '../http/public.decorator.js';
import { LOGGER } from '../logging/logger.js';
import { MongoHealth } from '../mongo/mongo-health.js';
import { RedisService } from '../redis/redis.service.js';

/** One round of pings answers everybody who asks within this time: MongoDB and Redis are not asked for each request. */
const KEPT_MS = 1_000;

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  private checking: Promise<HealthCheckResult> | undefined;
  /** The error that each dependency was last logged with; logged again when it changes. */
  private readonly logged = new Map<string, string>();

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly mongo: MongoHealth,
    private readonly redis: RedisService,
    private readonly forwarding: ForwardingWatch,
    private readonly access: OperatorAccess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs. Asks nothing of MongoDB and Redis.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary:
      'Whether MongoDB and Redis answer, each by name. `warnings` says which settings look wrong; only the operator sees them.',
  })
  async ready(@Req() request: FastifyRequest): Promise<HealthCheckResult & { warnings?: string[] }> {
    const report = await (this.checking ??= this.check());
    return this.access.isOperator(request) ? { ...report, warnings: this.forwarding.warnings() } : report;
  }

  private check(): Promise<HealthCheckResult> {
    const forget = (): unknown => setTimeout(() => (this.checking = undefined), KEPT_MS).unref();
    const checking = this.health.check([
      () => this.answers('mongodb', () => this.mongo.ping()),
      ...(this.redis.isConfigured ? [() => this.answers('redis', () => this.redis.ping())] : []),
    ]);
    checking.then(forget, forget);
    return checking;
  }

  /** The answer names no host or port: strangers may read it. The log has the reason. */
  private async answers<const K extends string>(name: K, ping: () => Promise<void>) {
    const indicator = this.indicators.check(name);
    const begin = performance.now();
    try {
      await ping();
      this.logged.delete(name);
      return indicator.up({ ms: Math.round(performance.now() - begin) });
    } catch (error) {
      this.logOnce(name, error as Error);
      return indicator.down({ message: 'It does not answer. The log says why.' });
    }
  }

  private logOnce(name: string, error: Error): void {
    if (this.logged.get(name) === error.message) return;
    this.logged.set(name, error.message);
    this.logger.warn({ err: error, dependency: name }, 'health check failed: the dependency does not answer');
  }
}
