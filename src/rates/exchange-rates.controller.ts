import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { groupBy } from '../platform/collections/group-by.js';
import { runInSteps } from '../platform/concurrency/run-in-steps.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { createValidationPipe } from '../platform/http/validation/validation.js';
import { TakesBody } from '../platform/http/bodies/route-body.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../workspaces/caller.js';
import { RatesQuery, RatesReplacedResponse, RatesResponse, ReplaceRatesRequest } from './exchange-rates.dto.js';
import { BASE_CURRENCY, dayOf, newestRates, type RateDay } from './rules/rate-days.js';
import { findRateProblems, type SentRate } from './rules/check-rates.js';
import { readRatesInSteps } from './rules/rates-csv.js';
import { RatesService } from './rates.service.js';
import { ShowsLinks } from '../workspaces/restrictions/restrictions.decorators.js';

const CSV_EXAMPLE = 'Date,USD,GBP\n2026-11-20,1.0824,0.8541\n';

@ApiTags('exchange-rates')
@ApiBearerAuth()
@Controller('api/v1/exchange-rates')
export class ExchangeRatesController {
  private readonly validation = createValidationPipe();

  constructor(
    private readonly rates: RatesService,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @RequireScope('rates:read')
  @ShowsLinks('never')
  @ApiOperation({ summary: 'Show the exchange rates that apply on a day, with the day and source of each' })
  async show(@InWorkspace() workspaceId: WorkspaceId, @Query() query: RatesQuery): Promise<RatesResponse> {
    const date = query.date ?? dayOf(new Date());
    const window = await this.rates.windowOf(workspaceId, date);
    return {
      date,
      base: BASE_CURRENCY,
      source: window.days.length > 0 ? window.source : null,
      rates: newestRates(window),
      loadedDays: await this.rates.loadedDays(workspaceId),
    };
  }

  @TakesBody({ csv: 'bytes' })
  @Put()
  @RequireScope('rates:write')
  @ApiOperation({ summary: 'Load exchange rates; they replace the rates of the named days, all or none' })
  @ApiConsumes('application/json', 'text/csv')
  @ApiExtraModels(ReplaceRatesRequest)
  @ApiBody({
    description:
      'JSON, or CSV in the layout of the European Central Bank: one line per day, units of each currency for 1 EUR.',
    schema: {
      oneOf: [{ $ref: getSchemaPath(ReplaceRatesRequest) }, { type: 'string', example: CSV_EXAMPLE }],
    },
  })
  async replace(@CurrentCaller() caller: Caller, @Body() body: unknown): Promise<RatesReplacedResponse> {
    const { workspaceId } = caller;
    const days = Buffer.isBuffer(body) ? await readCsv(body) : toDays(await this.validated(body));
    await this.rates.replace(workspaceId, days);
    const sorted = days.map(({ day }) => day).sort();
    const answer = {
      days: days.length,
      rates: days.reduce((sum, { rates }) => sum + Object.keys(rates).length, 0),
      firstDay: sorted.at(0) ?? '',
      lastDay: sorted.at(-1) ?? '',
    };
    await this.audit.record(caller, { action: 'exchange-rates.loaded', objectId: workspaceId, after: answer });
    return answer;
  }

  @Delete(':date')
  @HttpCode(204)
  @RequireScope('rates:write')
  @ApiOperation({ summary: 'Remove the loaded rates of a day' })
  async remove(@InWorkspace() workspaceId: WorkspaceId, @Param('date') date: string): Promise<void> {
    if (!(await this.rates.remove(workspaceId, date))) throw ProblemException.notFound('day of exchange rates');
  }

  /** Validates the body here, because the validation pipe skips a body that may be CSV. */
  private async validated(body: unknown): Promise<SentRate[]> {
    const metadata = { type: 'body', metatype: ReplaceRatesRequest } as const;
    const { rates } = (body ?? {}) as { rates?: unknown };
    const problems = Array.isArray(rates) ? await runInSteps(findRateProblems(rates)) : [];
    try {
      await this.validation.transform(body ?? {}, metadata);
    } catch (error) {
      if (error instanceof ProblemException) problems.unshift(...(error.errors ?? []));
      else throw error;
    }
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    return rates as SentRate[];
  }
}

async function readCsv(body: Buffer): Promise<RateDay[]> {
  const reading = await runInSteps(readRatesInSteps(body));
  if (reading.ok) return reading.days;
  throw ProblemException.invalid(
    ...reading.problems.map(({ line, code, message }) => ({ path: `line ${line}`, code, message })),
  );
}

function toDays(rates: readonly SentRate[]): RateDay[] {
  const seen = new Set<string>();
  const repeated = [...rates.entries()].filter(([, { date, currency }]) => {
    const key = `${date} ${currency}`;
    return seen.has(key) || !seen.add(key);
  });
  if (repeated.length > 0) {
    throw ProblemException.invalid(
      ...repeated.map(([i, { date, currency }]) => ({
        path: `rates.${i}`,
        code: 'repeated',
        message: `${currency} of ${date} is in the list twice`,
      })),
    );
  }
  return [...groupBy(rates, ({ date }) => date)].map(([day, ofDay]) => ({
    day,
    rates: Object.fromEntries(ofDay.map(({ currency, rate }) => [currency, rate])),
  }));
}
