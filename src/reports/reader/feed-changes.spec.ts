import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedChanges } from './feed-changes.js';
import type { FeedEvent } from './report-feed.repository.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const IDS = ['a', 'b', 'c'];

interface Row {
  _id: string;
  version: number;
}

interface Step {
  id: string;
  isDelete: boolean;
  /** Events that the copy has not read yet when it reads after this step. */
  readAllBut: number | undefined;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    id: fc.constantFrom(...IDS),
    isDelete: fc.boolean(),
    readAllBut: fc.constantFrom(undefined, 0, 1, 2, 5),
  }),
  { maxLength: 40, size: 'max' },
);

/** A list: a row that was added twice is there twice. */
function apply(
  copy: readonly Row[],
  events: readonly FeedEvent[],
  stored: ReadonlyMap<string, Row>,
  isReplacing: boolean,
): Row[] {
  const { inserted, updated, removed } = FeedChanges.of<Row>('links', events, isReplacing);
  const kept = copy.filter(({ _id }) => !removed.includes(_id));
  return [...kept, ...inserted, ...updated.flatMap((id) => stored.get(id) ?? [])];
}

/** Changes documents step by step, and reads their events in batches that are behind. */
function follow(all: readonly Step[], loadAfter: number): { copy: Row[]; stored: Row[] } {
  const stored = new Map<string, Row>();
  const events: FeedEvent[] = [];
  let copy: Row[] = [];
  for (const [version, { id, isDelete, readAllBut }] of all.entries()) {
    const row = { _id: id, version };
    const isKnown = stored.has(id);
    if (isDelete) stored.delete(id);
    else stored.set(id, row);
    if (isDelete && !isKnown) continue;
    const inserted = isDelete || isKnown ? undefined : (row as never);
    events.push({ collection: 'links', id, inserted, isDeleted: isDelete });
    if (version < loadAfter) copy = [...stored.values()];
    else if (readAllBut !== undefined) {
      copy = apply(copy, events.splice(0, Math.max(0, events.length - readAllBut)), stored, loadAfter > 0);
    }
  }
  return { copy: apply(copy, events, stored, loadAfter > 0), stored: [...stored.values()] };
}

const byId = (a: Row, b: Row): number => (a._id < b._id ? -1 : 1);

describe('FeedChanges', () => {
  it.each([
    ['follows from the beginning', 0],
    ['was loaded while documents changed', 10],
  ])('keeps a copy that %s equal to the documents, each once', (_, loadAfter) => {
    fc.assert(
      fc.property(steps, (all) => {
        const { copy, stored } = follow(all, loadAfter);
        expect(copy.toSorted(byId)).toEqual(stored.toSorted(byId));
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves out the events of other collections', () => {
    const event: FeedEvent = { collection: 'clicks', id: 'a', inserted: undefined, isDeleted: true };
    expect(FeedChanges.of('links', [event], true).removed).toEqual([]);
  });
});
