import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository, type Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { LinkQuarter } from './link-quarters.schema.js';

@Injectable()
export class LinkQuartersRepository extends TenantRepository<LinkQuarter> {
  constructor(@InjectModel(LinkQuarter.name) model: Model<LinkQuarter>) {
    super(model);
  }

  /** People's clicks of a link by variant key, since a time (milliseconds since 1970) or the quarter of an hour it is in. */
  async clicksByVariant(workspaceId: WorkspaceId, linkId: string, since: number): Promise<Map<string, number>> {
    // By the id alone, which begins with link and time: no index of its own.
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
