import { type DynamicModule, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TerminusModule } from '@nestjs/terminus';
import type { Logger } from 'pino';
import type { Settings } from './config/settings.js';
import { SETTINGS } from './config/settings.token.js';
import { HealthController } from './health/health.controller.js';
import { ForwardingWatch } from './http/requests/forwarding-watch.service.js';
import { OperatorAccess } from './http/operator-access.service.js';
import { IdempotencyRecord, IdempotencyRecordSchema } from './idempotency/idempotency-record.schema.js';
import { IdempotencyRecordsRepository } from './idempotency/idempotency-records.repository.js';
import { Instance, InstanceSchema } from './instances/instance.schema.js';
import { InstancesRepository } from './instances/instances.repository.js';
import { Instances } from './instances/instances.service.js';
import { DistributedLock } from './jobs/distributed-lock.repository.js';
import { JobRunner } from './jobs/job-runner.service.js';
import { Lock, LockSchema } from './jobs/lock.schema.js';
import { LOGGER } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MongoModule } from './mongo/mongo.module.js';
import { Outbound } from './outbound/outbound.service.js';
import { RateLimiterFactory } from './rate-limit/rate-limiter-factory.service.js';
import { Ports } from './ports/ports.service.js';
import { RateLimits } from './rate-limit/rate-limits.service.js';
import { REDIS_URL, RedisService } from './redis/redis.service.js';
import { InstanceSecret, InstanceSecretSchema } from './secrets/instance-secret.schema.js';
import { InstanceSecretsRepository } from './secrets/instance-secrets.repository.js';
import { SealingKey } from './secrets/sealing-key.service.js';
import { UrlPolicy } from './urls/url-policy.service.js';

/** The values that the platform needs from the process; created before Nest starts. */
export interface PlatformOptions {
  settings: Settings;
  logger: Logger;
  mongodbUri: string;
  redisUrl: string | undefined;
}

/**
 * src/platform: settings, connections, logging, metrics, health and tools without product rules, for all modules. It
 * imports none of them. One folder is one subject; start here, then read the folder that you need.
 */
@Module({})
export class PlatformModule {
  static with({ settings, logger, mongodbUri, redisUrl }: PlatformOptions): DynamicModule {
    const shared = [
      { provide: SETTINGS, useValue: settings },
      { provide: LOGGER, useValue: logger },
      { provide: REDIS_URL, useValue: redisUrl },
      Metrics,
      RedisService,
      Outbound,
      RateLimiterFactory,
      RateLimits,
      InstanceSecretsRepository,
      SealingKey,
      IdempotencyRecordsRepository,
      DistributedLock,
      JobRunner,
      Ports,
      InstancesRepository,
      Instances,
      UrlPolicy,
      ForwardingWatch,
      OperatorAccess,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [
        MongoModule.connect(mongodbUri),
        MongooseModule.forFeature([
          { name: InstanceSecret.name, schema: InstanceSecretSchema },
          { name: IdempotencyRecord.name, schema: IdempotencyRecordSchema },
          { name: Instance.name, schema: InstanceSchema },
          { name: Lock.name, schema: LockSchema },
        ]),
        TerminusModule.forRoot({ logger: false }),
      ],
      controllers: [HealthController, MetricsController],
      providers: shared,
      exports: shared,
    };
  }
}
