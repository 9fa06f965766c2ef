import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import { quarterStart, type VariantRow, variantRowId } from './rules/click-aggregate.js';
import { VariantClicks } from './variant-clicks.schema.js';

/** Human clicks of links by variant, by workspace. */
@Injectable()
export class VariantClicksRepository extends TenantRepository<VariantClicks> {
  constructor(@InjectModel(VariantClicks.name) model: Model<VariantClicks>) {
    super(model);
  }

  /** Adds to one stripe of the rows, in the transaction that stores the counted changes. */
  async addAll(workspaceId: WorkspaceId, rows: readonly VariantRow[], stripe: string, tx: Transaction): Promise<void> {
    const additions = rows.map(({ linkId, at, increments }) => ({
      _id: variantRowId(linkId, at, stripe),
      add: increments,
      fields: { linkId, at },
    }));
    await this.addMany(workspaceId, additions, tx);
  }

  /** Human clicks of a link by variant key, since the start of the quarter of an hour of `since` (milliseconds since 1970). */
  async clicksByVariant(workspaceId: WorkspaceId, linkId: string, since: number): Promise<Map<string, number>> {
    // The id begins with link and time, so this needs no further index. Rows of earlier versions may have no variant.
    const from = variantRowId(linkId, new Date(quarterStart(since)), '');
    const filter = { _id: { $gte: from, $lt: `${linkId};` }, 'by.variant': { $exists: true } } as Within<VariantClicks>;
    const rows = await this.aggregate<{ _id: string; clicks: number }>(workspaceId, filter, [
      { $project: { variants: { $objectToArray: '$by.variant' } } },
      { $unwind: '$variants' },
      { $group: { _id: '$variants.k', clicks: { $sum: { $ifNull: ['$variants.v.h', 0] } } } },
    ]);
    return new Map(rows.map(({ _id, clicks }) => [decodeURIComponent(_id), clicks]));
  }
}
