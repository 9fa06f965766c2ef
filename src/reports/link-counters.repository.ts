import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Model, mongo } from 'mongoose';
import { type Transaction } from '../platform/mongo/transactions.js';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { type CounterDelta, COUNTERS, type CounterName, isNoChange, sumDeltas } from './counter-delta.js';
import { groupBy } from '../platform/collections/group-by.js';
import { LinkCounters } from './link-counters.schema.js';

@Injectable()
export class LinkCountersRepository extends TenantRepository<LinkCounters> {
  constructor(@InjectModel(LinkCounters.name) model: Model<LinkCounters>) {
    super(model);
  }

  /** Adds to one stripe of a link's counters, in the transaction that stores what is counted. */
  async add(
    workspaceId: WorkspaceId,
    linkId: string,
    stripe: string,
    delta: CounterDelta,
    tx: Transaction,
  ): Promise<void> {
    if (isNoChange(delta)) return;
    const payouts = Object.entries(delta.payouts).map(
      ([currency, amount]) => [`payouts.${currency}`, mongo.Decimal128.fromString(amount)] as const,
    );
    const _id = `${linkId}:${stripe}`;
    await this.upsertOne(
      workspaceId,
      { _id, linkId },
      { $inc: { ...delta.counts, ...Object.fromEntries(payouts) } },
      tx,
    );
  }

  /** Each link's counters over all its stripes; a link without any has no entry. */
  async totals(workspaceId: WorkspaceId, linkIds: readonly string[]): Promise<Map<string, CounterDelta>> {
    const rows = await this.findMany(workspaceId, { linkId: { $in: linkIds } });
    const byLink = groupBy(rows, (row) => row.linkId);
    return new Map([...byLink].map(([linkId, stripes]) => [linkId, sumDeltas(stripes.map(toDelta))]));
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
  const payouts = Object.entries(row.payouts ?? {}).map(([currency, amount]) => [currency, amount.toString()]);
  return { counts, payouts: Object.fromEntries(payouts) };
}
