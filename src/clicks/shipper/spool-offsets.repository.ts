import type { Connection, Model } from 'mongoose';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { SpoolOffset } from './spool-offset.schema.js';

/** A change of a segment's offset. */
export interface OffsetMove {
  segmentId: string;
  from: number;
  to: number;
}

/** Another shipper has advanced the segment. The records that were read must not be counted again. */
export class OffsetMoved extends Error {
  constructor(segmentId: string) {
    super(`another shipper has stored a part of ${segmentId}`);
    this.name = 'OffsetMoved';
  }
}

export class SpoolOffsetsRepository {
  private readonly model: Model<SpoolOffset>;

  constructor(connection: Connection) {
    this.model = connection.model<SpoolOffset>(SpoolOffset.name);
  }

  async positionOf(segmentId: string): Promise<number> {
    return (await this.model.findById(segmentId).lean().exec())?.offset ?? 0;
  }

  /** @throws OffsetMoved when the stored offset is not `from`. */
  async move({ segmentId, from, to }: OffsetMove, tx: Transaction): Promise<void> {
    if (from === 0) {
      if (await this.model.exists({ _id: segmentId }).session(tx)) throw new OffsetMoved(segmentId);
      await this.model.insertMany([{ _id: segmentId, offset: to }], { session: tx });
      return;
    }
    const { matchedCount } = await this.model.updateOne(
      { _id: segmentId, offset: from },
      { $set: { offset: to } },
      { session: tx },
    );
    if (matchedCount === 0) throw new OffsetMoved(segmentId);
  }

  /** To be called after the segments are deleted. */
  async forget(segmentIds: readonly string[]): Promise<void> {
    await this.model.deleteMany({ _id: { $in: segmentIds } });
  }
}
