import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { runInSteps } from '../../platform/concurrency/run-in-steps.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { toListResponse } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { createValidationPipe } from '../../platform/http/validation/validation.js';
import { formatMoney } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { timeRange } from '../../platform/time/time-range.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { readCostList, readCostsCsv } from '../rules/costs/costs-csv.js';
import type { CostDefaults, GivenCost } from '../rules/costs/read-cost.js';
import { CostClicks } from './cost-clicks.service.js';
import type { CostEntry } from './cost-entry.schema.js';
import {
  CostListQuery,
  CostListResponse,
  type CostResponse,
  CostsUploadedResponse,
  UploadCostsRequest,
} from './costs.dto.js';
import { CostsService } from './costs.service.js';

const CSV_EXAMPLE = 'day,source,sub1,amount,currency\n2026-11-20,propeller,zone7,125.50,USD\n';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/costs')
export class CostsController {
  private readonly validation = createValidationPipe();

  constructor(
    private readonly costs: CostsService,
    private readonly clicks: CostClicks,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get()
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'List the uploaded costs, newest first, with the number of their clicks' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: CostListQuery): Promise<CostListResponse> {
    const { limit, cursor, ...range } = await this.settings.resolveRange(workspaceId, query);
    const page = await this.costs.page(workspaceId, { from: timeRange(range) }, { limit, cursor });
    const clicks = await this.clicks.count(workspaceId, page.rows);
    return toListResponse(page, (cost) => toResponse(cost, clicks.get(cost._id) ?? null));
  }

  @TakesBody({ csv: 'bytes' })
  @Put()
  @RequireScope('reports:write')
  @ApiOperation({
    summary: 'Upload costs of days, all or none; one of the same day and values as before replaces it',
  })
  @ApiConsumes('application/json', 'text/csv')
  @ApiExtraModels(UploadCostsRequest)
  @ApiBody({
    description: 'JSON, or CSV with a header of these names: one line for each cost.',
    schema: {
      oneOf: [{ $ref: getSchemaPath(UploadCostsRequest) }, { type: 'string', example: CSV_EXAMPLE }],
    },
  })
  async upload(@CurrentCaller() caller: Caller, @Body() body: unknown): Promise<CostsUploadedResponse> {
    const { timezone, currency } = await this.settings.of(caller.workspaceId);
    return this.costs.upload(caller, await this.read(body, { timezone, currency, now: Date.now() }));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('reports:write')
  @ApiOperation({ summary: 'Delete an uploaded cost; its clicks have their own cost again' })
  @ApiNoContentResponse()
  delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.costs.delete(caller, id);
  }

  /** Validates the body here, because the validation pipe skips a body that may be CSV. */
  private async read(body: unknown, defaults: CostDefaults): Promise<GivenCost[]> {
    if (!Buffer.isBuffer(body)) {
      await this.validation.transform(body ?? {}, { type: 'body', metatype: UploadCostsRequest });
    }
    const steps = Buffer.isBuffer(body)
      ? readCostsCsv(body, defaults)
      : readCostList((body as { costs: unknown[] }).costs, defaults);
    const reading = await runInSteps(steps);
    if (!reading.ok) throw ProblemException.invalid(...reading.problems);
    return reading.costs;
  }
}

function toResponse(cost: CostEntry, clicks: number | null): CostResponse {
  const { _id, day, timezone, from, to, by, given, cost: converted, createdAt, updatedAt } = cost;
  return {
    id: _id,
    day,
    timezone,
    from: from.toISOString(),
    to: to.toISOString(),
    by,
    given: formatMoney(given),
    cost: formatMoney(converted),
    clicks,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
