import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { URL_FIELDS } from '../link-urls.js';
import { Link } from '../link.schema.js';
import { LinkScanState } from './link-scan.schema.js';

const ONLY = 'urls';
const FIELDS = ['workspaceId', 'hostname', 'slugKeys', 'suspended', 'updatedAt', ...URL_FIELDS] as const;

export type ScannedLink = Pick<Link, '_id' | (typeof FIELDS)[number]>;

/** Crosses workspaces on purpose: the blocklist is the operator's, and holds for all of them. */
@Injectable()
export class LinkScanReadModel {
  constructor(
    @InjectModel(Link.name) private readonly links: Model<Link>,
    @InjectModel(LinkScanState.name) private readonly states: Model<LinkScanState>,
  ) {}

  /** Live links in the order of their ids. */
  async batch(after: string, limit: number): Promise<ScannedLink[]> {
    const projection = Object.fromEntries(FIELDS.map((field) => [field, 1]));
    const found = this.links.collection.find({ _id: { $gt: after } as never, live: true }, { projection });
    return (await found.sort({ _id: 1 }).limit(limit).toArray()) as unknown as ScannedLink[];
  }

  /**
   * Takes the work, if there is some and nobody is at it.
   * @returns where to go on, or `undefined`.
   */
  async claim(
    wish: Pick<LinkScanState, 'version' | 'holder' | 'leaseUntil'>,
    dueBefore: Date,
  ): Promise<string | undefined> {
    const now = new Date();
    const isDue = [{ finishedAt: null }, { finishedAt: { $lt: dueBefore } }, { version: { $ne: wish.version } }];
    const { holder, leaseUntil, version } = wish;
    const taken = await this.states
      .findOneAndUpdate(
        { _id: ONLY, $and: [{ $or: [{ leaseUntil: { $lt: now } }, { holder }] }, { $or: isDue }] },
        { $set: { holder, leaseUntil } },
      )
      .lean()
      .exec();
    if (taken) return taken.version === version && taken.finishedAt === null ? taken.after : '';
    try {
      await this.states.create([{ _id: ONLY, version, holder, leaseUntil, after: '', finishedAt: null }]);
      return '';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return undefined;
    }
  }

  /** Notes how far it is. @returns false when somebody else has taken the work over. */
  async advance(state: Omit<LinkScanState, '_id'>): Promise<boolean> {
    const { matchedCount } = await this.states.updateOne({ _id: ONLY, holder: state.holder }, { $set: state }).exec();
    return matchedCount === 1;
  }
}
