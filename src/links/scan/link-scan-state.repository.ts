import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { LeasedQueue } from '../../platform/jobs/leased-queue.repository.js';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import { LinkScanState } from './link-scan.schema.js';

const ID = 'urls';
const LEASE_MS = 30_000;

export type ScanPosition = Pick<LinkScanState, 'version' | 'after' | 'finishedAt'>;

/** The state of the scan of all links. One process at a time runs it. */
@Injectable()
export class LinkScanStateRepository extends LeasedQueue<LinkScanState> {
  constructor(@InjectModel(LinkScanState.name) private readonly model: Model<LinkScanState>) {
    super(model, LEASE_MS);
  }

  /**
   * Claims the scan when it is due: begun and not finished, last finished before `dueBefore`, or done with other rules.
   * @returns the id of the link to continue after; `undefined` when nothing is due or another process has it.
   */
  async claimDueScan(version: string, dueBefore: Date): Promise<string | undefined> {
    const isDue = [{ finishedAt: null }, { finishedAt: { $lt: dueBefore } }, { version: { $ne: version } }];
    const claimed = await this.claim({ _id: ID, $or: isDue }, { sort: { _id: 1 } });
    if (claimed) return claimed.version === version && claimed.finishedAt === null ? claimed.after : '';
    try {
      await this.model.create([{ _id: ID, version, after: '', finishedAt: null, ...this.lease() }]);
      return '';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return undefined;
    }
  }

  /** Stores the position; a finished scan is given back. @returns false when another process has taken it over. */
  advance(position: ScanPosition): Promise<boolean> {
    const changes = { $set: position };
    return position.finishedAt === null ? this.extend(ID, changes) : this.release(ID, changes);
  }
}
