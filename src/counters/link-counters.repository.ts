import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, mongo } from 'mongoose';
import { type Transaction } from '../platform/mongo/transactions.js';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { type CounterDelta, COUNTERS, type CounterName, isNoChange } from './rules/counter-delta.js';
import { toLinkTotals } from './rules/link-totals.js';
import { groupBy } from '../platform/collections/group-by.js';
import { LinkCounters } from './link-counters.schema.js';

/** Counters of links, by workspace. */
@Injectable()
export class LinkCountersRepository extends TenantRepository<LinkCounters> {
  constructor(@InjectModel(LinkCounters.name) model: Model<LinkCounters>) {
    super(model);
  }

  /** Adds to one stripe of links' counters, in the transaction that stores the counted changes. @param deltas by link id. */
  async addAll(
    workspaceId: WorkspaceId,
    deltas: ReadonlyMap<string, CounterDelta>,
    stripe: string,
    tx: Transaction,
  ): Promise<void> {
    const additions = [...deltas].flatMap(([linkId, delta]) =>
      isNoChange(delta) ? [] : [{ _id: `${linkId}:${stripe}`, add: increments(delta), fields: { linkId } }],
    );
    await this.addMany(workspaceId, additions, tx);
  }

  /** The counters of each link, summed over its stripes. A link without counters has no entry. */
  async totals(workspaceId: WorkspaceId, linkIds: readonly string[]): Promise<Map<string, CounterDelta>> {
    const rows = await this.findMany(workspaceId, { linkId: { $in: linkIds } });
    const byLink = groupBy(rows, (row) => row.linkId);
    return new Map([...byLink].map(([linkId, stripes]) => [linkId, toLinkTotals(stripes.map(toDelta))]));
  }
}

function toDelta(row: LinkCounters): CounterDelta {
  const counts: Partial<Record<CounterName, number>> = {};
  for (const name of COUNTERS) {
    const value = name.startsWith('clicks.')
      ? row.clicks?.[name.slice('clicks.'.length) as 'total']
      : (row[name as 'registrations'] ?? undefined);
    if (value !== undefined) counts[name] = value;
  }
  return { counts, payouts: amountsOf(row.payouts), revenues: amountsOf(row.revenues) };
}

function increments({ counts, payouts, revenues }: CounterDelta): Record<string, number | mongo.Decimal128> {
  const decimals = (field: string, amounts: Record<string, string>) =>
    Object.entries(amounts).map(
      ([currency, amount]) => [`${field}.${currency}`, mongo.Decimal128.fromString(amount)] as const,
    );
  return Object.fromEntries([
    ...Object.entries(counts),
    ...decimals('payouts', payouts),
    ...decimals('revenues', revenues),
  ]);
}

function amountsOf(stored: Record<string, mongo.Decimal128> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(stored).map(([currency, amount]) => [currency, amount.toString()]));
}
