import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import { type CountedClick, QUARTER_MS } from './rules/click-aggregate.js';
import { LinkQuarter } from './link-quarters.schema.js';
import { moveToHuman } from './rules/move-to-human.js';

/** Clicks of links by quarter of an hour, by workspace. */
@Injectable()
export class LinkQuartersRepository extends TenantRepository<LinkQuarter> {
  constructor(@InjectModel(LinkQuarter.name) model: Model<LinkQuarter>) {
    super(model);
  }

  /**
   * Moves a counted click from the bots to the humans. Must be called in the transaction that changes the click.
   * @param options `stripe`: the row to write to; `isLongStored`: see move-to-human.ts.
   * @returns false when the click is not counted yet; then nothing changes.
   */
  async moveToHuman(
    workspaceId: WorkspaceId,
    click: CountedClick,
    { stripe, isLongStored }: { stripe: string; isLongStored: boolean },
    tx: Transaction,
  ): Promise<boolean> {
    const { linkId } = click;
    const start = Math.floor(click.at.getTime() / QUARTER_MS) * QUARTER_MS;
    const quarter = `${linkId}:${start / 1_000}`;
    const filter = { _id: { $gte: `${quarter}:`, $lt: `${quarter};` } } as Within<LinkQuarter>;
    const rows = await this.findMany(workspaceId, filter, tx);
    const add = moveToHuman(click, rows, isLongStored);
    if (add === undefined) return false;
    await this.addMany(
      workspaceId,
      [{ _id: `${quarter}:${stripe}`, add, fields: { linkId, at: new Date(start) } }],
      tx,
    );
    return true;
  }

  /** Human clicks of a link by variant key, since the start of the quarter of an hour of `since` (milliseconds since 1970). */
  async clicksByVariant(workspaceId: WorkspaceId, linkId: string, since: number): Promise<Map<string, number>> {
    // The id begins with link and time, so this needs no further index.
    const from = `${linkId}:${Math.floor(since / 900_000) * 900}`;
    const filter = { _id: { $gte: from, $lt: `${linkId};` }, 'by.variant': { $exists: true } } as Within<LinkQuarter>;
    const rows = await this.aggregate<{ _id: string; clicks: number }>(workspaceId, filter, [
      { $project: { variants: { $objectToArray: '$by.variant' } } },
      { $unwind: '$variants' },
      { $group: { _id: '$variants.k', clicks: { $sum: { $ifNull: ['$variants.v.h', 0] } } } },
    ]);
    return new Map(rows.map(({ _id, clicks }) => [decodeURIComponent(_id), clicks]));
  }
}
