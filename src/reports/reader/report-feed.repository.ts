import { setImmediate } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import {
  FACT_FIELDS,
  type ClickDocument,
  type ConversionDocument,
  type CostEntryDocument,
  type LinkDocument,
} from '../rules/facts.js';

/** The fields that the copy has, by collection. */
const FIELDS = {
  clicks: [
    ...FACT_FIELDS.clicks,
    'country',
    'region',
    'city',
    'asn',
    'device',
    'os',
    'browser',
    'inApp',
    'language',
    'referrerHost',
    'query',
    'subs',
    'rule',
    'variant',
  ],
  conversions: [...FACT_FIELDS.conversions, 'facts'],
  links: ['workspaceId', 'hostname', 'slug', 'campaign', 'tags', 'networkId'],
  costs: ['workspaceId', 'from', 'to', 'by', 'cost'],
} as const;

/** An update of a stored click sets one of these when it changes a copied field. */
const CLICK_CHANGE_MARKS = ['erasedAt', 'humanSince'] as const;

export type CopiedCollection = keyof typeof FIELDS;
const COLLECTIONS = Object.keys(FIELDS) as CopiedCollection[];

/** The stored documents of each collection, with the fields of the copy. */
export interface CopiedDocuments {
  clicks: ClickDocument;
  conversions: ConversionDocument;
  links: LinkDocument;
  costs: CostEntryDocument;
}

/** A change of a document that the copy has. Inserts carry the document; after other changes it is read again. */
export interface FeedEvent {
  collection: CopiedCollection;
  id: string;
  inserted: CopiedDocuments[CopiedCollection] | undefined;
  isDeleted: boolean;
}

/** The history between the copy and now is gone, or collections were dropped: the copy has to be made again. */
export class HistoryLost extends Error {}

/** Of changes. Each is a transaction of the copy. */
const BATCH = 5_000;
/** Of a scan. The documents of a smaller batch are garbage before V8 takes them for old ones; see facts-loader.ts. */
const SCAN_BATCH = 300;
/** A scan leaves out what `toClickFact` does not read: to decode all parameters took a fifth of the time of a load. */
export const SCAN_FIELDS: Partial<Record<CopiedCollection, Record<string, unknown>>> = {
  clicks: {
    query: { $filter: { input: '$query', as: 'pair', cond: { $in: ['$$pair.name', ['source', 'utm_source']] } } },
  },
};
/** An empty answer comes at once: waiting would gather changes that could be counted already. The copy pauses between. */
const MAX_AWAIT_MS = 1;
/**
 * ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken, CappedPositionLost (a stream that fell behind while it
 * was open), and FailedToParse and Overflow of a foreign token.
 */
export const LOST_CODES = new Set<unknown>([286, 280, 260, 136, 9, 15]);

type Position = { resumeAfter: unknown } | { startAtOperationTime: unknown };

/** Reads clicks, conversions, links and costs of all workspaces for the copy: all of them, and each change from then on. */
export class ReportFeed {
  constructor(private readonly connection: Connection) {}

  /** The time of MongoDB now. A change stream from here sees every later change. */
  async currentTime(): Promise<unknown> {
    const answer = await this.database().command({ ping: 1 });
    return answer['operationTime'];
  }

  /** The changes since a position, in MongoDB's order. */
  watch(position: Position): FeedStream {
    const options = { ...position, batchSize: BATCH, maxAwaitTimeMS: MAX_AWAIT_MS };
    return new FeedStream(this.database().watch<ChangeDocument, ChangeDocument>(PIPELINE, options as never));
  }

  /** The current documents with these ids. */
  async findByIds<C extends CopiedCollection>(collection: C, ids: readonly string[]): Promise<CopiedDocuments[C][]> {
    if (ids.length === 0) return [];
    const filter = { _id: { $in: ids } } as never;
    return this.collection(collection)
      .find(filter, { projection: projectionOf(collection) })
      .toArray() as never;
  }

  /** All documents, the latest first, in batches. The next batch is read while one is worked on. */
  async *scan<C extends CopiedCollection>(collection: C): AsyncGenerator<CopiedDocuments[C][]> {
    const cursor = this.collection(collection)
      .find({}, { projection: { ...projectionOf(collection), ...SCAN_FIELDS[collection] }, batchSize: SCAN_BATCH })
      .sort({ $natural: -1 });
    const read = async (): Promise<CopiedDocuments[C][]> =>
      (await cursor.hasNext()) ? (cursor.readBufferedDocuments() as unknown as CopiedDocuments[C][]) : [];
    let next = read();
    try {
      for (let batch = await next; batch.length > 0; batch = await next) {
        next = read();
        next.catch(() => undefined); // thrown by the next turn
        await setImmediate(); // the request is sent before the work begins
        yield batch;
      }
    } finally {
      await cursor.close();
    }
  }

  /** Approximate number of documents, for the progress. */
  count(collection: CopiedCollection): Promise<number> {
    return this.collection(collection).estimatedDocumentCount();
  }

  private collection(name: CopiedCollection): mongo.Collection<{ _id: string }> {
    return this.database().collection<{ _id: string }>(name);
  }

  private database(): mongo.Db {
    const { name } = this.connection;
    return this.connection.getClient().db(name);
  }
}

/** A change as the pipeline returns it. */
interface ChangeDocument {
  _id: unknown;
  operationType: string;
  ns?: { coll: CopiedCollection };
  documentKey?: { _id: string };
  fullDocument?: CopiedDocuments[CopiedCollection];
}

/** A change stream that is read in batches. */
export class FeedStream {
  constructor(private readonly stream: mongo.ChangeStream<ChangeDocument, ChangeDocument>) {}

  /** Where to continue after the events that were returned so far. */
  get resumeToken(): unknown {
    return this.stream.resumeToken;
  }

  /**
   * The next events, at most `BATCH`. When `isDrained`, all changes until now were returned.
   * @throws HistoryLost
   */
  async next(): Promise<{ events: FeedEvent[]; isDrained: boolean }> {
    const events: FeedEvent[] = [];
    try {
      while (events.length < BATCH) {
        // A dropped database ends the stream without an error.
        if (this.stream.closed) throw new HistoryLost('the stream of changes has ended');
        const change = await this.stream.tryNext();
        if (change === null) return { events, isDrained: true };
        events.push(toEvent(change));
      }
    } catch (error) {
      if (LOST_CODES.has((error as { code?: unknown }).code)) throw new HistoryLost((error as Error).message);
      throw error;
    }
    return { events, isDrained: false };
  }

  async close(): Promise<void> {
    await this.stream.close();
  }
}

function toEvent({ operationType, ns, documentKey, fullDocument }: ChangeDocument): FeedEvent {
  if (ns === undefined || documentKey === undefined) throw new HistoryLost(`${operationType} of a collection`);
  return {
    collection: ns.coll,
    id: documentKey._id,
    inserted: operationType === 'insert' ? fullDocument : undefined,
    isDeleted: operationType === 'delete',
  };
}

/** The fields of a collection that the copy has. */
export function projectionOf(collection: CopiedCollection): Record<string, 1> {
  return Object.fromEntries(FIELDS[collection].map((field) => [field, 1]));
}

const PIPELINE = pipeline();

/**
 * Only what the copy needs leaves MongoDB: all changes of the others, and of clicks those that change a copied
 * field. Such a change must set one of `CLICK_CHANGE_MARKS`: to look for each copied field would cost MongoDB several times
 * the processor time of the whole stream (docs/adr/0029). The shortening of addresses, an update of every click, sets none.
 */
function pipeline(): Record<string, unknown>[] {
  const fields = ['_id', ...new Set(COLLECTIONS.flatMap((collection) => FIELDS[collection]))];
  const marks = CLICK_CHANGE_MARKS.map((mark) => ({
    'ns.coll': 'clicks',
    [`updateDescription.updatedFields.${mark}`]: { $exists: true },
  }));
  return [
    {
      $match: {
        $or: [
          { 'ns.coll': { $in: ['conversions', 'links', 'costs'] } },
          { 'ns.coll': 'clicks', operationType: { $ne: 'update' } },
          ...marks,
        ],
      },
    },
    {
      $project: {
        operationType: 1,
        'ns.coll': 1,
        'documentKey._id': 1,
        ...Object.fromEntries(fields.map((field) => [`fullDocument.${field}`, 1])),
      },
    },
  ];
}
