import fc from 'fast-check';
import type {
  CopiedCollection,
  CopiedDocuments,
  FeedEvent,
} from '../../../src/reports/reader/report-feed.repository.js';
import type { Documents } from './random-facts.js';

type AnyDocument = CopiedDocuments[CopiedCollection];

/** One change of a document, and how many events the copy has not read yet when it reads the next time, if it reads now. */
export interface RandomChange {
  kind: 'insert' | 'update' | 'delete';
  collection: CopiedCollection;
  pick: number;
  from: number;
  readAllBut: number | undefined;
}

export const someChanges: fc.Arbitrary<RandomChange[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('insert' as const, 'update' as const, 'update' as const, 'delete' as const),
    collection: fc.constantFrom<CopiedCollection>('clicks', 'clicks', 'conversions', 'links', 'links', 'costs'),
    pick: fc.nat(),
    from: fc.nat(),
    readAllBut: fc.constantFrom(undefined, undefined, undefined, 0, 1, 3),
  }),
  { maxLength: 60, size: 'max' },
);

/** Documents in the memory that change as those of MongoDB do, with the events of the changes. */
export class ChangingDocuments {
  private readonly stored: Record<CopiedCollection, Map<string, AnyDocument>>;
  private readonly later: Record<CopiedCollection, AnyDocument[]>;
  private readonly all: Record<CopiedCollection, readonly AnyDocument[]>;
  private readonly events: FeedEvent[] = [];

  /** Every second document is stored, the others wait to be inserted. */
  constructor(documents: Documents) {
    const mapOf = (all: readonly AnyDocument[]) =>
      new Map(all.filter((_, i) => i % 2 === 0).map((one) => [one._id, one]));
    this.all = documents;
    this.stored = {
      clicks: mapOf(documents.clicks),
      conversions: mapOf(documents.conversions),
      links: mapOf(documents.links),
      costs: mapOf(documents.costs),
    };
    const laterOf = (all: readonly AnyDocument[]) => all.filter((_, i) => i % 2 === 1);
    this.later = {
      clicks: laterOf(documents.clicks),
      conversions: laterOf(documents.conversions),
      links: laterOf(documents.links),
      costs: laterOf(documents.costs),
    };
  }

  /** The documents of now. */
  now(): Documents {
    const { clicks, conversions, links, costs } = this.stored;
    return {
      clicks: [...clicks.values()],
      conversions: [...conversions.values()],
      links: [...links.values()],
      costs: [...costs.values()],
    } as Documents;
  }

  change({ kind, collection, pick, from }: RandomChange): void {
    const stored = this.stored[collection];
    if (kind === 'insert') {
      const inserted = this.later[collection].pop();
      if (inserted === undefined) return;
      stored.set(inserted._id, inserted);
      this.events.push({ collection, id: inserted._id, inserted, isDeleted: false });
      return;
    }
    const id = [...stored.keys()][pick % (stored.size || 1)];
    if (id === undefined) return;
    if (kind === 'delete') {
      const deleted = stored.get(id);
      stored.delete(id);
      // It may be inserted again, as a restored backup does.
      if (deleted !== undefined && from % 3 === 0) this.later[collection].push(deleted);
    } else stored.set(id, this.changed(collection, id, from));
    this.events.push({ collection, id, inserted: undefined, isDeleted: kind === 'delete' });
  }

  /** The events that were not taken yet, but for the latest ones. */
  take(allBut: number): FeedEvent[] {
    return this.events.splice(0, Math.max(0, this.events.length - allBut));
  }

  findByIds<C extends CopiedCollection>(collection: C, ids: readonly string[]): Promise<CopiedDocuments[C][]> {
    return Promise.resolve(
      ids.flatMap((id) => (this.stored[collection].get(id) as CopiedDocuments[C] | undefined) ?? []),
    );
  }

  /** With the fields of another document, but its own id and time of a click. An uploaded cost gets another amount. */
  private changed(collection: CopiedCollection, id: string, from: number): AnyDocument {
    const own = this.stored[collection].get(id) as AnyDocument;
    const other = this.all[collection][from % this.all[collection].length] as AnyDocument;
    if ('cost' in other && 'by' in other) return { ...own, cost: other.cost };
    return { ...other, _id: id, ...('at' in own && { at: own.at }) } as AnyDocument;
  }
}
