import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { ForwardingWatch } from '../http/forwarding-watch.service.js';
import { Public } from '../http/public.decorator.js';
import { MongoHealth } from '../mongo/mongo-health.js';
import { RedisService } from '../redis/redis.service.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly mongo: MongoHealth,
    private readonly redis: RedisService,
    private readonly forwarding: ForwardingWatch,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs. Asks nothing of MongoDB and Redis.' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  @ApiOperation({
    summary: 'Whether MongoDB and Redis answer, each by name; `warnings` says which settings look wrong',
  })
  async ready(): Promise<HealthCheckResult & { warnings: string[] }> {
    const report = await this.health.check([
      () => this.answers('mongodb', () => this.mongo.ping()),
      ...(this.redis.isConfigured ? [() => this.answers('redis', () => this.redis.ping())] : []),
    ]);
    return { ...report, warnings: this.forwarding.warnings() };
  }

  private async answers<const K extends string>(name: K, ping: () => Promise<void>) {
    const indicator = this.indicators.check(name);
    const begin = performance.now();
    try {
      await ping();
      return indicator.up({ ms: Math.round(performance.now() - begin) });
    } catch (error) {
      return indicator.down({ message: (error as Error).message });
    }
  }
}
