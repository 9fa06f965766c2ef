import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, PipelineStage } from 'mongoose';
import { type QueryBounds, TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Conversion } from './conversion.schema.js';
import type { TotalsGroup } from './rules/totals/fold-totals.js';

/** The ways to find conversions. */
export interface ConversionHandles {
  keys: { networkId: string | null; dedupeKey: string }[];
  clickIds: string[];
  players: { networkId: string | null; playerId: string }[];
  transactions: { networkId: string | null; txid: string }[];
}

/** Enough to find the first deposit, and to see that a player id stands for many people. */
export const MAX_PER_PLAYER = 500;

/** Sums as decimals, never as floats. */
const GROUPS: PipelineStage[] = [
  {
    $group: {
      _id: {
        status: '$status',
        eventType: '$eventType',
        isFtd: '$isFtd',
        isFlagged: { $gt: [{ $size: { $ifNull: ['$flags', []] } }, 0] },
        payoutCurrency: { $ifNull: ['$payout.currency', null] },
        revenueCurrency: { $ifNull: ['$revenue.currency', null] },
      },
      count: { $sum: 1 },
      payout: { $sum: { $toDecimal: { $ifNull: ['$payout.amount', '0'] } } },
      revenue: { $sum: { $toDecimal: { $ifNull: ['$revenue.amount', '0'] } } },
    },
  },
  {
    $replaceWith: {
      $mergeObjects: [
        '$_id',
        { count: '$count', payout: { $toString: '$payout' }, revenue: { $toString: '$revenue' } },
      ],
    },
  },
];

/** Conversions of one workspace. */
@Injectable()
export class ConversionsRepository extends TenantRepository<Conversion> {
  constructor(@InjectModel(Conversion.name) model: Model<Conversion>) {
    super(model);
  }

  /** The newest matching conversions, summed up in groups. @throws Error when it takes too long; see `isTooSlow`. */
  sumUp(workspaceId: WorkspaceId, filter: Within<Conversion>, bounds: QueryBounds): Promise<TotalsGroup[]> {
    const newest: PipelineStage[] = [{ $sort: { _id: -1 } }, { $limit: bounds.limit }];
    return this.aggregate<TotalsGroup>(workspaceId, filter, [...newest, ...GROUPS], bounds);
  }

  /** The earliest conversions of each player, at most `MAX_PER_PLAYER` each. */
  async findOfPlayers(
    workspaceId: WorkspaceId,
    { players }: Pick<ConversionHandles, 'players'>,
    tx: Transaction | undefined,
  ): Promise<Conversion[]> {
    if (players.length === 0) return [];
    const clauses = byNetwork(players, 'playerId').map((clause) => ({ workspaceId, ...clause }));
    const limit = MAX_PER_PLAYER * players.length;
    const earliest = { sort: { convertedAt: 1 }, limit } as const;
    const found = await this.findMany(workspaceId, { $or: clauses } as Within<Conversion>, tx, earliest);
    if (players.length === 1 || found.length < limit) return found;
    // A player with very many conversions may have used up the limit, so each player is read alone.
    const each: Conversion[] = [];
    for (const player of players) each.push(...(await this.findOfPlayers(workspaceId, { players: [player] }, tx)));
    return each;
  }

  /** All conversions with one of the keys, clicks or transactions. */
  async findByHandles(
    workspaceId: WorkspaceId,
    handles: Omit<ConversionHandles, 'players'>,
    tx?: Transaction,
  ): Promise<Conversion[]> {
    const { clickIds } = handles;
    const clauses = [
      ...byNetwork(handles.keys, 'dedupeKey'),
      ...(clickIds.length > 0 ? [{ clickId: { $in: clickIds } }] : []),
      ...byNetwork(handles.transactions, 'txid'),
    ];
    // Each clause names the workspace, so that MongoDB can use a separate index for each.
    const scoped = clauses.map((clause) => ({ workspaceId, ...clause }));
    const filter = { $or: scoped } as Within<Conversion>;
    if (clauses.length === 0) return [];
    return tx === undefined ? this.findMany(workspaceId, filter) : this.findAtOnce(workspaceId, filter, tx);
  }
}

function byNetwork<F extends string>(
  handles: readonly ({ networkId: string | null } & Record<F, string>)[],
  field: F,
): { networkId: string | null; [field: string]: unknown }[] {
  const values = new Map<string | null, string[]>();
  for (const handle of handles) values.set(handle.networkId, [...(values.get(handle.networkId) ?? []), handle[field]]);
  return [...values].map(([networkId, list]) => ({ networkId, [field]: { $in: list } }));
}
