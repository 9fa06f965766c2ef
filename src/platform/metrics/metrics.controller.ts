import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OperatorAccess } from '../http/operator-access.service.js';
import { ProblemException } from '../http/problems/problem.js';
import { Public } from '../http/public.decorator.js';
import { Metrics } from './metrics.js';

/** The operator's Prometheus reads the metrics; other clients get a 404. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly access: OperatorAccess,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(@Req() request: FastifyRequest): Promise<string> {
    if (!this.access.mayReadMetrics(request)) throw new ProblemException('not_found', 'There is no such page.');
    return this.metrics.registry.metrics();
  }
}
