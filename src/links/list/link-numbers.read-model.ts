import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, PipelineStage } from 'mongoose';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { Link } from '../link.schema.js';
import type { CountBy } from './link-list.dto.js';
import { type ListOrder, rowsAfter, sortStage } from './link-order.js';

/** A link's id with the number of its clicks. */
export interface RankedLink {
  _id: string;
  clicks: number;
}

/** Numbers of links by state; see LinkStatesResponse. */
export interface LinkStates {
  all: number;
  live: number;
  paused: number;
  archived: number;
  expired: number;
  suspended: number;
}

// Every value is greater than null, and an absent field is less.
const ARCHIVED = { $gt: ['$archivedAt', null] };
const SUSPENDED = { $gt: ['$suspended', null] };
const COUNTERS = 'linkCounters';
const MAX_GROUPS = 1_000;
const GROUP_FIELDS = { tag: 'tags', domain: 'hostname', campaign: 'campaign' } as const;

/** Aggregations over the links of one workspace. Every pipeline must match the workspace first. */
@Injectable()
export class LinkNumbersReadModel {
  constructor(@InjectModel(Link.name) private readonly model: Model<Link>) {}

  /** Links by their number of clicks. A link has several counter documents, which are summed up. */
  async byClicks(
    workspaceId: WorkspaceId,
    filter: Within<Link>,
    order: ListOrder,
    limit: number,
  ): Promise<RankedLink[]> {
    const { after } = order;
    const counted: PipelineStage.UnionWith['$unionWith'] = {
      coll: COUNTERS,
      pipeline: [{ $match: { workspaceId } }, { $project: { _id: '$linkId', clicks: '$clicks.total' } }],
    };
    return this.model
      .aggregate<RankedLink>([
        { $match: { ...filter, workspaceId } },
        { $project: { isAsked: { $literal: 1 } } },
        { $unionWith: counted },
        { $group: { _id: '$_id', clicks: { $sum: '$clicks' }, isAsked: { $max: '$isAsked' } } },
        { $match: { isAsked: 1, ...(after && rowsAfter('clicks', order.order, after.value, after.id)) } },
        { $sort: sortStage('clicks', order.order) },
        { $limit: limit },
      ])
      .allowDiskUse(true)
      .exec();
  }

  async count(workspaceId: WorkspaceId, filter: Within<Link>): Promise<number> {
    const [row] = await this.model
      .aggregate<{ links: number }>([{ $match: { ...filter, workspaceId } }, { $count: 'links' }])
      .exec();
    return row?.links ?? 0;
  }

  /** Numbers of links by state, in one pass. */
  async countStates(workspaceId: WorkspaceId, filter: Within<Link>, now: Date): Promise<LinkStates> {
    const sumOf = (state: object): object => ({ $sum: { $cond: [state, 1, 0] } });
    const all = { $not: ARCHIVED };
    const expired = { $and: [{ $gt: ['$expiresAt', null] }, { $lte: ['$expiresAt', now] }] };
    const sums = {
      all: sumOf(all),
      live: sumOf({ $and: [all, { $not: { $or: ['$paused', expired, SUSPENDED] } }] }),
      paused: sumOf({ $and: [all, '$paused'] }),
      archived: sumOf(ARCHIVED),
      expired: sumOf({ $and: [all, expired] }),
      suspended: sumOf({ $and: [all, SUSPENDED] }),
    };
    const [row] = await this.model
      .aggregate<LinkStates>([
        { $match: { ...filter, workspaceId } },
        { $group: { _id: null, ...sums } },
        { $project: { _id: 0 } },
      ] as PipelineStage[])
      .exec();
    return row ?? { all: 0, live: 0, paused: 0, archived: 0, expired: 0, suspended: 0 };
  }

  /** Groups with most links first. */
  async countBy(
    workspaceId: WorkspaceId,
    filter: Within<Link>,
    by: CountBy,
  ): Promise<{ value: string | null; links: number }[]> {
    const field = GROUP_FIELDS[by];
    const unwind = { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } };
    const rows = await this.model
      .aggregate<{ _id: string | null; links: number }>([
        { $match: { ...filter, workspaceId } },
        { $project: { [field]: 1 } },
        ...(by === 'tag' ? [unwind] : []),
        { $group: { _id: { $ifNull: [`$${field}`, null] }, links: { $sum: 1 } } },
        { $sort: { links: -1, _id: 1 } },
        { $limit: MAX_GROUPS },
      ])
      .exec();
    return rows.map(({ _id, links }) => ({ value: _id, links }));
  }
}
