import { Injectable } from '@nestjs/common';
import { Big } from 'big.js';
import { groupBy } from '../../platform/collections/group-by.js';
import { runInSteps } from '../../platform/concurrency/run-in-steps.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { MAX_PROBLEMS } from '../../platform/http/validation/inspect-body.js';
import { newId } from '../../platform/ids/ids.js';
import { compareAmounts, formatAmount } from '../../platform/money/money.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { endOfDay, startOfDay } from '../../platform/time/time-zone.js';
import { RatesService } from '../../rates/rates.service.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { ReportLabelsService } from '../report-labels.service.js';
import { findOverlap } from '../rules/costs/overlapping-costs.js';
import { costKey, type GivenCost } from '../rules/costs/read-cost.js';
import { LONGEST_DAY_MS } from '../rules/facts.js';
import { CostEntriesRepository } from './cost-entries.repository.js';
import type { CostEntry } from './cost-entry.schema.js';

const INSERTED_AT_ONCE = 500;
/** A conversion of a cost is by the rate of its day; noon is on that day in nearly all zones. */
const NOON_MS = 12 * 3_600_000;

type PreparedCost = Pick<CostEntry, 'key' | 'day' | 'timezone' | 'from' | 'to' | 'by' | 'given' | 'cost'> & {
  path: string;
};

/** The numbers of an upload's costs. */
export interface CostsUpload {
  created: number;
  /** With another amount than before. */
  replaced: number;
  /** With the same amount as before. */
  unchanged: number;
}

/** Costs as traffic sources bill them: of a day, and of the clicks with certain values. Reports spread them over these clicks. */
@Injectable()
export class CostsService {
  constructor(
    private readonly costs: CostEntriesRepository,
    private readonly rates: RatesService,
    private readonly labels: ReportLabelsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Stores costs, all or none. One of the same day and values as a stored one replaces it.
   * @throws ProblemException 409 when clicks would belong to two costs, 422 for unknown links and missing rates.
   */
  async upload(caller: Caller, given: readonly GivenCost[]): Promise<CostsUpload> {
    const { workspaceId } = caller;
    await this.assertKnownLinks(workspaceId, given);
    const prepared = await this.prepare(workspaceId, given);
    assertNoRepeats(prepared);
    const within = await runInSteps(findOverlap(prepared, prepared));
    if (within !== undefined) throw overlapping(within.one, within.other);
    return this.transactions.run((tx) => this.store(caller, prepared, tx));
  }

  page(workspaceId: WorkspaceId, filter: { from?: object | undefined }, page: PageRequest): Promise<Page<CostEntry>> {
    return this.costs.page(workspaceId, filter.from === undefined ? {} : { from: filter.from }, page);
  }

  /** Its clicks have their own cost again. @throws ProblemException 404 */
  delete(caller: Caller, id: string): Promise<void> {
    return this.transactions.run(async (tx) => {
      const before = await this.costs.findById(caller.workspaceId, id, tx);
      if (before === undefined) throw ProblemException.notFound('cost');
      await this.costs.deleteById(caller.workspaceId, id, tx);
      await this.audit.record(caller, { action: 'cost.deleted', objectId: id, before: auditedCost(before) }, tx);
    });
  }

  private async assertKnownLinks(workspaceId: WorkspaceId, given: readonly GivenCost[]): Promise<void> {
    const ids = given.flatMap(({ by }) => by.link ?? []);
    const { link = {} } = await this.labels.find(workspaceId, { link: ids });
    const unknown = given.filter(({ by }) => by.link !== undefined && link[by.link] === undefined);
    throwProblems(unknown, ({ path, by }) => ({
      path: `${path}.link`,
      code: 'unknown_link',
      message: `there is no link with the id ${by.link}`,
    }));
  }

  private async prepare(workspaceId: WorkspaceId, given: readonly GivenCost[]): Promise<PreparedCost[]> {
    const days = new Map<string, { from: Date; to: Date }>();
    const periodOf = ({ day, timezone }: GivenCost): { from: Date; to: Date } => {
      const key = `${day} ${timezone}`;
      const period = days.get(key) ?? { from: startOfDay(day, timezone), to: endOfDay(day, timezone) };
      days.set(key, period);
      return period;
    };
    const dated = given.map((cost) => ({ ...cost, ...periodOf(cost) }));
    const noonOf = (from: Date): Date => new Date(from.getTime() + NOON_MS);
    const rates = await this.rates.ratesFor(
      workspaceId,
      [...days.values()].map(({ from }) => noonOf(from)),
    );
    const prepared: PreparedCost[] = [];
    const unpriced: GivenCost[] = [];
    for (const { path, day, timezone, from, to, by, money } of dated) {
      const found = rates.revenueOf(money, noonOf(from));
      if (!found.ok) unpriced.push({ path, day, timezone, by, money });
      else {
        const key = costKey({ day, timezone, by });
        prepared.push({ path, key, day, timezone, from, to, by, given: money, cost: found.revenue });
      }
    }
    throwProblems(unpriced, ({ path, day, money: { currency } }) => ({
      path: `${path}.currency`,
      code: 'rate_missing',
      message: `there is no exchange rate from ${currency} to ${rates.currency} for ${day}; load one, or give the amount in ${rates.currency}`,
    }));
    return prepared;
  }

  private async store(caller: Caller, prepared: readonly PreparedCost[], tx: Transaction): Promise<CostsUpload> {
    const { workspaceId } = caller;
    const stored = await this.findAround(workspaceId, prepared, tx);
    const overlap = await runInSteps(findOverlap(prepared, stored));
    if (overlap !== undefined) throw overlapping(overlap.one, overlap.other);
    const known = new Map(stored.map((cost) => [cost.key, cost]));
    const changed = prepared.filter((cost) => !isSameCost(cost, known.get(cost.key)));
    const now = new Date();
    const rows = changed.map(({ path: _path, ...cost }) => {
      const before = known.get(cost.key);
      return { _id: before?._id ?? newId('cst'), ...cost, createdAt: before?.createdAt ?? now, updatedAt: now };
    });
    const replaced = rows.flatMap((after) => {
      const before = known.get(after.key);
      return before === undefined ? [] : [{ before, after }];
    });
    await this.costs.deleteMany(workspaceId, { _id: { $in: replaced.map(({ before }) => before._id) } }, tx);
    for (let i = 0; i < rows.length; i += INSERTED_AT_ONCE) {
      await this.costs.insertMany(workspaceId, rows.slice(i, i + INSERTED_AT_ONCE), tx);
    }
    const result = {
      created: rows.length - replaced.length,
      replaced: replaced.length,
      unchanged: prepared.length - changed.length,
    };
    await this.record(caller, { result, rows, replaced }, tx);
    return result;
  }

  private findAround(
    workspaceId: WorkspaceId,
    prepared: readonly PreparedCost[],
    tx: Transaction,
  ): Promise<CostEntry[]> {
    const first = Math.min(...prepared.map(({ from }) => from.getTime()));
    const end = Math.max(...prepared.map(({ to }) => to.getTime()));
    // The index has the beginnings only.
    const from = { $gt: new Date(first - LONGEST_DAY_MS), $lt: new Date(end) };
    return this.costs.findMany(workspaceId, { from, to: { $gt: new Date(first) } }, tx);
  }

  /** One entry for the upload, and one for each amount that is no longer counted. */
  private async record(
    caller: Caller,
    { result, rows, replaced }: { result: CostsUpload; rows: StoredCost[]; replaced: ReplacedCost[] },
    tx: Transaction,
  ): Promise<void> {
    if (rows.length === 0) return;
    const days = rows.map(({ day }) => day).sort((a, b) => (a < b ? -1 : 1));
    const after = { ...result, firstDay: days[0], lastDay: days.at(-1), amounts: sums(rows) };
    await this.audit.record(caller, { action: 'costs.uploaded', objectId: caller.workspaceId, after }, tx);
    const events = replaced.map(({ before, after: now }) => ({
      action: 'cost.updated',
      objectId: before._id,
      before: auditedCost(before),
      after: auditedCost(now),
    }));
    await this.audit.recordAll(caller, events, tx);
  }
}

type StoredCost = Omit<CostEntry, 'workspaceId'>;
interface ReplacedCost {
  before: CostEntry;
  after: StoredCost;
}

/** The key repeats the other fields, and would be masked as one of a secret. */
function auditedCost({ day, timezone, by, given, cost }: StoredCost): object {
  return { day, timezone, by, given, cost };
}

function isSameCost({ given, cost }: PreparedCost, stored: CostEntry | undefined): boolean {
  if (stored === undefined) return false;
  const pairs = [
    [given, stored.given],
    [cost, stored.cost],
  ] as const;
  return pairs.every(([a, b]) => a.currency === b.currency && compareAmounts(a.amount, b.amount) === 0);
}

function sums(rows: readonly StoredCost[]): string[] {
  return [...groupBy(rows, ({ given }) => given.currency)].map(([currency, ofCurrency]) => {
    const amount = ofCurrency.reduce((sum, { given }) => sum.plus(given.amount), new Big(0));
    return `${formatAmount(amount.toFixed())} ${currency}`;
  });
}

function assertNoRepeats(prepared: readonly PreparedCost[]): void {
  const seen = new Map<string, string>();
  const repeated = prepared.filter(({ key, path }) => {
    const isKnown = seen.has(key);
    if (!isKnown) seen.set(key, path);
    return isKnown;
  });
  throwProblems(repeated, ({ path, key }) => ({
    path,
    code: 'repeated',
    message: `it has the day and the values of ${seen.get(key)}; give their sum once`,
  }));
}

function throwProblems<T>(wrong: readonly T[], toProblem: (one: T) => FieldProblem): void {
  if (wrong.length > 0) throw ProblemException.invalid(...wrong.slice(0, MAX_PROBLEMS).map(toProblem));
}

type NamedCost = Pick<CostEntry, 'day' | 'timezone' | 'by'> & { path?: string };

function overlapping(one: NamedCost, other: NamedCost): ProblemException {
  const place = one.path === undefined ? '' : `${one.path}: `;
  return new ProblemException(
    'conflict',
    `${place}the cost of ${textOf(one)} may have clicks in common with the cost of ${textOf(other)}. ` +
      'Delete that one first, or give both a dimension that tells them apart, such as source.',
  );
}

function textOf({ day, timezone, by }: NamedCost): string {
  const values = Object.entries(by).map(([dimension, value]) => `${dimension} "${value}"`);
  return `${values.length === 0 ? 'all clicks' : values.join(', ')} on ${day} (${timezone})`;
}
