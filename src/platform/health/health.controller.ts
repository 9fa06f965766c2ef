import { Controller, Get, Inject, Req, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ForwardingWatch } from '../http/requests/forwarding-watch.service.js';
import { OperatorAccess } from '../http/operator-access.service.js';
import { Public } from '../http/public.decorator.js';
import type { BackgroundJob } from '../jobs/background-job.js';
import { JobRunner } from '../jobs/job-runner.service.js';
import { LOGGER } from '../logging/logger.js';
import { outageLog } from '../logging/outage-log.js';
import { MongoHealth } from '../mongo/mongo-health.service.js';
import { RedisService } from '../redis/redis.service.js';
import { type JobResponse, ReadyResponse } from './health.dto.js';

/** The result of one health check answers all requests within this time. */
const KEPT_MS = 1_000;
const MAX_ERROR_CHARS = 300;
const STORES = { mongodb: 'MongoDB', redis: 'Redis' } as const;

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  private checking: Promise<HealthCheckResult> | undefined;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly mongo: MongoHealth,
    private readonly redis: RedisService,
    private readonly forwarding: ForwardingWatch,
    private readonly access: OperatorAccess,
    private readonly jobs: JobRunner,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs. Does not check MongoDB and Redis.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOkResponse({ type: ReadyResponse, description: 'All dependencies answer.' })
  @HealthCheck()
  @ApiOperation({
    summary: 'Whether MongoDB and Redis answer, each by name. The operator also sees warnings and the background jobs.',
  })
  async ready(@Req() request: FastifyRequest): Promise<ReadyResponse> {
    const more = this.access.isOperator(request) ? this.operatorFields() : {};
    try {
      return { ...(await (this.checking ??= this.check())), ...more };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      throw new ServiceUnavailableException({ ...(error.getResponse() as object), ...more });
    }
  }

  private operatorFields(): Pick<ReadyResponse, 'warnings' | 'jobs'> {
    return { warnings: this.forwarding.warnings(), jobs: this.jobs.list().map(toJobResponse) };
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

  /** The answer names no host or port, because it is public. The log has the reason. */
  private async answers<const K extends keyof typeof STORES>(name: K, ping: () => Promise<void>) {
    const indicator = this.indicators.check(name);
    const begin = performance.now();
    try {
      await ping();
      return indicator.up({ ms: Math.round(performance.now() - begin) });
    } catch (error) {
      outageLog(this.logger, STORES[name]).noteFailure(error);
      return indicator.down({ message: 'It does not answer. The log says why.' });
    }
  }
}

function toJobResponse({ options, lastSuccessAt, lastError, isRunning }: BackgroundJob): JobResponse {
  return {
    name: options.name,
    everySeconds: options.everyMs / 1_000,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    ...(lastError !== undefined && { lastError: textOf(lastError).slice(0, MAX_ERROR_CHARS) }),
    isRunning,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
