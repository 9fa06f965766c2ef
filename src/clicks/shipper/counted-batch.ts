import type { OffsetMove } from './spool-offsets.repository.js';
import type { SpoolBatch } from '../../platform/spool/folder-reader.js';
import type { Segment } from '../../platform/spool/segments.js';

/** The records that are counted with one transaction, and the moves of the spool's offsets. */
export class CountedBatch {
  /** Records read. */
  records = 0;
  damaged = 0;
  torn = 0;
  /** Records that are not clicks, for the quarantine. */
  readonly rejected: { payload: Buffer; error: unknown }[] = [];
  /** Visitor keys of the clicks in this batch that are to be unique. */
  readonly visitors = new Set<string>();
  /** Links that were clicked. */
  readonly links = new Set<string>();
  /** Segments that end in this batch or before. They can be deleted when it is stored. */
  finished: readonly Segment[] = [];
  private readonly segments = new Map<string, OffsetMove>();

  add({ segmentId, from, to, payloads, damaged, torn }: SpoolBatch): void {
    this.records += payloads.length;
    this.damaged += damaged;
    this.torn += torn ? 1 : 0;
    const known = this.segments.get(segmentId);
    this.segments.set(segmentId, { segmentId, from: known?.from ?? from, to });
  }

  get isEmpty(): boolean {
    return this.segments.size === 0;
  }

  moves(): OffsetMove[] {
    return [...this.segments.values()];
  }
}
