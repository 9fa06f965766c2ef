import { clickKeyOf, toClickFact, toConversionFact, toCostFact, toLinkFact } from '../rules/facts.js';
import type { FactChanges } from './facts/facts-database.js';
import type { CopiedCollection, CopiedDocuments, FeedEvent, ReportFeed } from './report-feed.repository.js';

/**
 * The changes of the copy that a batch of events makes.
 * @param isReplacing inserted clicks may be in the copy already. Of the others, which are few, that is assumed.
 */
export async function toFactChanges(
  events: readonly FeedEvent[],
  { feed, isReplacing }: { feed: Pick<ReportFeed, 'findByIds'>; isReplacing: boolean },
): Promise<FactChanges> {
  const clicks = FeedChanges.of<CopiedDocuments['clicks']>('clicks', events, isReplacing);
  const conversions = FeedChanges.of<CopiedDocuments['conversions']>('conversions', events, true);
  const links = FeedChanges.of<CopiedDocuments['links']>('links', events, true);
  const costs = FeedChanges.of<CopiedDocuments['costs']>('costs', events, true);
  const [clicksNow, conversionsNow, linksNow, costsNow] = await Promise.all([
    feed.findByIds('clicks', clicks.updated),
    feed.findByIds('conversions', conversions.updated),
    feed.findByIds('links', links.updated),
    feed.findByIds('costs', costs.updated),
  ]);
  return {
    removedClicks: clicks.removed.map(clickKeyOf),
    clicks: [...clicks.inserted, ...clicksNow].flatMap((click) => toClickFact(click) ?? []),
    removedConversions: conversions.removed,
    conversions: [...conversions.inserted, ...conversionsNow].map(toConversionFact),
    removedLinks: links.removed,
    links: [...links.inserted, ...linksNow].map(toLinkFact),
    removedCosts: costs.removed,
    costs: [...costs.inserted, ...costsNow].map(toCostFact),
  };
}

/**
 * The changes of one collection that a batch of events makes. Inserted documents come with their event. Updated ones are read
 * again: the document of now is right, and later events of it change nothing more.
 */
export class FeedChanges<T> {
  private readonly insertedById = new Map<string, T>();
  private readonly updatedIds = new Set<string>();
  private readonly removedIds = new Set<string>();

  /** @param isReplacing inserted documents may be in the copy already. */
  static of<T>(collection: CopiedCollection, events: readonly FeedEvent[], isReplacing: boolean): FeedChanges<T> {
    const changes = new FeedChanges<T>();
    for (const event of events) if (event.collection === collection) changes.add(event, isReplacing);
    return changes;
  }

  /** Documents to add. */
  get inserted(): T[] {
    return [...this.insertedById.values()];
  }

  /** Ids of documents to read and to add. Those that MongoDB does not find any more are gone. */
  get updated(): string[] {
    return [...this.updatedIds];
  }

  /** Ids of rows to remove before the others are added. */
  get removed(): string[] {
    return [...this.removedIds];
  }

  private add({ id, inserted, isDeleted }: FeedEvent, isReplacing: boolean): void {
    if (inserted !== undefined) {
      this.insertedById.set(id, inserted as T);
      if (isReplacing) this.removedIds.add(id);
      return;
    }
    // An update right after the insert of the same batch has no row to remove; removing none is harmless.
    this.insertedById.delete(id);
    this.removedIds.add(id);
    if (isDeleted) this.updatedIds.delete(id);
    else this.updatedIds.add(id);
  }
}
