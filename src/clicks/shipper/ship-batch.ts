import type { OffsetMove } from './spool-offsets.repository.js';
import type { SpoolBatch } from '../../platform/spool/folder-reader.js';
import type { Segment } from '../../platform/spool/segments.js';

/** What was read since the last transaction, and how it moves the spool's offsets. */
export class ShipBatch {
  /** Records read. */
  records = 0;
  damaged = 0;
  torn = 0;
  /** Records that are no clicks. */
  readonly rubbish: { payload: Buffer; error: unknown }[] = [];
  /** Visitor keys that a click of this window is to have as the unique one. */
  readonly visitors = new Set<string>();
  /** Links that were clicked. */
  readonly links = new Set<string>();
  /** Segments that end in it or before: they can be deleted when it is stored. */
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
