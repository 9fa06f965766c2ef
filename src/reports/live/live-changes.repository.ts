import { type Connection, mongo } from 'mongoose';
import { batchCalls } from '../../platform/cache/batch-calls.js';
import { HistoryLost, LOST_CODES } from '../reader/report-feed.repository.js';
import { eventIdAfter, isAtEarlierTime, type OperationTime, timeOfEventId } from './rules/event-id.js';
import {
  isShownChange,
  type LiveClick,
  type LiveConversion,
  type LiveEvent,
  type LivePostback,
  toLiveClickEvent,
  toLiveConversionEvent,
  toLivePostbackEvent,
} from './rules/live-event.js';

const CLICK_FIELDS = 'workspaceId linkId at country device os browser referrerHost subs botReason isUnique';
const POSTBACK_FIELDS = 'networkId receivedAt verdict reason conversionId';
const CONVERSION_FIELDS = 'clickId eventType status isFtd payout revenue convertedAt facts.country facts.subs';
const FIELDS = `_id ${CLICK_FIELDS} ${POSTBACK_FIELDS} ${CONVERSION_FIELDS}`.split(' ');
const BATCH = 1_000;
const IDS_AT_ONCE = 500;
/** MongoDB must not wait for more: a wait ends at the first change, so that there would be a command for each. */
const MAX_AWAIT_MS = 1;

/** A collection of what an access rests on. */
interface AccessCollection {
  name: string;
  /** The condition under which a document works. */
  condition: () => object;
  /** Fields that change while the access is used, and that do not change it. */
  useFields: readonly string[];
}

/** By the prefix of the ids. */
const ACCESS: Readonly<Record<string, AccessCollection>> = {
  key_: { name: 'apiKeys', condition: () => ({ isClosing: { $ne: true } }), useFields: ['lastUsedAt'] },
  ses_: {
    name: 'sessions',
    condition: () => ({ expiresAt: { $gt: new Date() } }),
    useFields: ['lastSeenAt', 'expiresAt', 'tokenHash', 'authenticatedAt'],
  },
  mem_: { name: 'members', condition: () => ({}), useFields: [] },
};
const USE_FIELDS = new Map(Object.values(ACCESS).map(({ name, useFields }) => [name, useFields]));

/** A change that concerns live events. */
export type LiveChange =
  | { kind: 'event'; event: LiveEvent }
  /** The personal data of a click was erased. */
  | { kind: 'erased'; clickId: string }
  /** An API key, a session or a membership was changed or deleted. */
  | { kind: 'access'; accessId: string };

/** Reads the changes of clicks, postbacks and conversions of all workspaces, and those of keys, sessions and members. */
export class LiveChanges {
  /** Whether the key, session or membership exists and still works. After a restart, many listeners ask at once. */
  readonly isAccessValid = batchCalls((ids: readonly string[]) => this.areValid(ids), IDS_AT_ONCE);

  constructor(private readonly connection: Connection) {}

  /** An id after all changes until now. */
  async findCurrentId(): Promise<string> {
    const { operationTime } = (await this.database().command({ ping: 1 })) as { operationTime: mongo.Timestamp };
    return eventIdAfter({
      seconds: operationTime.getHighBitsUnsigned(),
      increment: operationTime.getLowBitsUnsigned(),
    });
  }

  /** The changes after an id. @param workspaceId only events of this workspace. */
  watchAfter(id: string, workspaceId?: string): LiveChangeStream {
    const options = {
      startAtOperationTime: toTimestamp(timeOfEventId(id)),
      fullDocument: 'updateLookup',
      batchSize: BATCH,
      maxAwaitTimeMS: MAX_AWAIT_MS,
    };
    const pipeline = [...(workspaceId === undefined ? ALL_CHANGES : changesOf(workspaceId)), PROJECTION];
    return new LiveChangeStream(this.database().watch<ChangeDocument, ChangeDocument>(pipeline, options as never), id);
  }

  /** Those of the clicks whose personal data was erased, or that are deleted. */
  async findErased(clickIds: readonly string[]): Promise<Set<string>> {
    if (clickIds.length === 0) return new Set();
    const filter = { _id: { $in: clickIds }, erasedAt: { $exists: false } };
    const found = await this.collection('clicks')
      .find(filter as never, { projection: { _id: 1 } })
      .toArray();
    const kept = new Set(found.map(({ _id }) => _id));
    return new Set(clickIds.filter((id) => !kept.has(id)));
  }

  private async areValid(ids: readonly string[]): Promise<boolean[]> {
    const find = async ([prefix, { name, condition }]: [string, AccessCollection]): Promise<string[]> => {
      const asked = ids.filter((id) => id.startsWith(prefix));
      if (asked.length === 0) return [];
      const filter = { _id: { $in: asked }, ...condition() };
      const found = this.collection(name).find(filter as never, { projection: { _id: 1 } });
      return (await found.toArray()).map(({ _id }) => _id);
    };
    const valid = new Set((await Promise.all(Object.entries(ACCESS).map(find))).flat());
    return ids.map((id) => valid.has(id));
  }

  private collection(name: string): mongo.Collection<{ _id: string }> {
    return this.database().collection<{ _id: string }>(name);
  }

  private database(): mongo.Db {
    const { name } = this.connection;
    return this.connection.getClient().db(name);
  }
}

/** A change as the pipeline returns it. */
interface ChangeDocument {
  _id: { _data: string };
  operationType: string;
  ns?: { coll: string };
  documentKey?: { _id: string };
  fullDocument?: LiveClick | LivePostback | LiveConversion;
  updatedFields?: string[];
}

/** A change stream that is read in batches. */
export class LiveChangeStream {
  /** Whether the last call of `next` returned all changes until then. */
  isAtEnd = false;

  /** @param position changes until this id are left out. */
  constructor(
    private readonly stream: mongo.ChangeStream<ChangeDocument, ChangeDocument>,
    private position: string,
  ) {}

  /** All changes until this id were returned. */
  get readUntil(): string {
    return this.position;
  }

  /** Whether all changes until this id were returned. */
  hasReached(id: string): boolean {
    // While there are no later changes, the position stays at the time of the last one.
    return this.position >= id || (this.isAtEnd && !isAtEarlierTime(this.position, id));
  }

  /**
   * The next changes, at most a batch.
   * @throws HistoryLost
   */
  async next(): Promise<LiveChange[]> {
    const changes: LiveChange[] = [];
    this.isAtEnd = false;
    try {
      for (let read = 0; read < BATCH; read++) {
        if (this.stream.closed) throw new HistoryLost('the stream of changes has ended');
        const change = await this.stream.tryNext();
        this.isAtEnd = change === null;
        if (change === null) break;
        const { _data: id } = change._id;
        // A stream can only begin at a time, at which there may be several changes.
        if (id <= this.position) continue;
        this.position = id;
        changes.push(...toChanges(id, change));
      }
    } catch (error) {
      if (LOST_CODES.has((error as { code?: unknown }).code)) throw new HistoryLost((error as Error).message);
      throw error;
    }
    const { _data: reached } = (this.stream.resumeToken ?? { _data: '' }) as { _data: string };
    if (reached > this.position) this.position = reached;
    return changes;
  }

  async close(): Promise<void> {
    await this.stream.close();
  }
}

function toChanges(id: string, change: ChangeDocument): LiveChange[] {
  const { ns, documentKey, fullDocument, operationType } = change;
  if (ns === undefined || documentKey === undefined) throw new HistoryLost(`${operationType} of the database`);
  const useFields = USE_FIELDS.get(ns.coll);
  if (useFields !== undefined) {
    const isUse = change.updatedFields?.every((field) => useFields.includes(field)) ?? false;
    return isUse && operationType === 'update' ? [] : [{ kind: 'access', accessId: documentKey._id }];
  }
  if (ns.coll === 'clicks' && operationType !== 'insert') return [{ kind: 'erased', clickId: documentKey._id }];
  // The document of an update may be deleted meanwhile.
  if (!fullDocument) return [];
  if (ns.coll === 'clicks') return [{ kind: 'event', event: toLiveClickEvent(id, fullDocument as LiveClick) }];
  if (ns.coll === 'postbacks') return [{ kind: 'event', event: toLivePostbackEvent(id, fullDocument as LivePostback) }];
  const conversion = fullDocument as LiveConversion;
  if (operationType === 'insert') return [{ kind: 'event', event: toLiveConversionEvent(id, conversion, 'created') }];
  if (!isShownChange(change.updatedFields ?? [])) return [];
  return [{ kind: 'event', event: toLiveConversionEvent(id, conversion, 'updated') }];
}

function toTimestamp({ seconds, increment }: OperationTime): mongo.Timestamp {
  return new mongo.Timestamp({ t: seconds, i: increment });
}

const INSERTED = { operationType: 'insert', 'fullDocument.isTest': { $ne: true } };
const ALL_CHANGES = [
  {
    $match: {
      $or: [
        { 'ns.coll': { $in: ['clicks', 'postbacks', 'conversions'] }, ...INSERTED },
        { 'ns.coll': 'conversions', operationType: { $in: ['update', 'replace'] } },
        {
          'ns.coll': 'clicks',
          operationType: 'update',
          'updateDescription.updatedFields.erasedAt': { $exists: true },
        },
        { 'ns.coll': { $in: [...USE_FIELDS.keys()] }, operationType: { $in: ['update', 'replace', 'delete'] } },
      ],
    },
  },
];

function changesOf(workspaceId: string): Record<string, unknown>[] {
  const events = [
    { 'ns.coll': { $in: ['clicks', 'postbacks', 'conversions'] }, ...INSERTED },
    { 'ns.coll': 'conversions', operationType: { $in: ['update', 'replace'] } },
  ];
  return [{ $match: { $or: events } }, { $match: { 'fullDocument.workspaceId': workspaceId } }];
}

const PROJECTION = {
  $project: {
    operationType: 1,
    'ns.coll': 1,
    'documentKey._id': 1,
    updatedFields: {
      $map: { input: { $objectToArray: { $ifNull: ['$updateDescription.updatedFields', {}] } }, in: '$$this.k' },
    },
    ...Object.fromEntries(FIELDS.map((field) => [`fullDocument.${field}`, 1])),
  },
};
