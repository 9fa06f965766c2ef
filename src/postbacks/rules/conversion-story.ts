import type { Click } from '../../clicks/click.schema.js';
import type { Conversion, HistoryEntry } from '../../conversions/conversion.schema.js';
import type { Origin } from '../../conversions/rules/conversion-event.js';
import { timeOfId } from '../../platform/ids/ids.js';
import { formatMoney, type Money } from '../../platform/money/money.js';
import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';
import type { Postback, Verdict } from '../postback.schema.js';

/** All kinds of entries, in the order of entries with the same time: causes come before effects. */
export const STORY_KINDS = ['click', 'redirect', 'postback', 'pixel', 'manual', 'import', 'replay', 'status'] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

interface Entry<K extends StoryKind> {
  kind: K;
  /** ISO time at which it happened here. */
  at: string;
}

/** The visit. Facts that are not known (yet) are `null`. */
export interface ClickStoryEntry extends Entry<'click'> {
  clickId: string;
  linkId: string;
  isStored: boolean;
  erasedAt: string | null;
  isBot: boolean | null;
  botReason: string | null;
  isUnique: boolean | null;
  subs: Record<string, string>;
}

/** How the destination of the click was decided. */
export interface RedirectStoryEntry extends Entry<'redirect'> {
  linkId: string;
  isStored: boolean;
  rule: string | null;
  variant: string | null;
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
}

/** The request of a network or a page as it was received. */
export interface StoryRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Record<string, string>;
  ip: string;
}

/** A request of a network (`postback`) or of a web page (`pixel`). */
export interface RequestStoryEntry extends Entry<'postback' | 'pixel'> {
  postbackId: string;
  isLogged: boolean;
  erasedAt: string | null;
  networkId: string | null;
  verdict: Verdict | null;
  reason: string | null;
  hint: string | null;
  request: StoryRequest | null;
}

/** A change by a person. */
export interface ManualStoryEntry extends Entry<'manual'> {
  by: string;
  note: string | null;
}

/** A row of an imported file. */
export interface ImportStoryEntry extends Entry<'import'> {
  importId: string;
  row: number | null;
  note: string | null;
}

/** A log entry that was run again. */
export interface ReplayStoryEntry extends Entry<'replay'> {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
}

/** An entry of the conversion's history: its state after a report. */
export interface StatusStoryEntry extends Entry<'status'> {
  eventAt: string;
  status: ConversionStatus;
  previousStatus: ConversionStatus | null;
  networkStatus: string | null;
  payout: Money | null;
  previousPayout: Money | null;
  origin: Origin;
  sourceId: string;
  note: string | null;
}

// Deliveries of forwarders will be one more member of this union.
export type StoryEntry =
  | ClickStoryEntry
  | RedirectStoryEntry
  | RequestStoryEntry
  | ManualStoryEntry
  | ImportStoryEntry
  | ReplayStoryEntry
  | StatusStoryEntry;

/** The stored documents from which a story is assembled. */
export interface StoryParts {
  conversion: Omit<Conversion, 'workspaceId'>;
  /** Absent: not stored yet, or deleted. */
  click: StoryClick | undefined;
  /** The log entries of the conversion and those that its history names, as far as they have not expired. */
  postbacks: readonly StoryPostback[];
  /** Whether the entries may include what was sent. */
  includeRequests: boolean;
  /** Whether they may include the hints of the log, which quote what was sent. */
  includeHints: boolean;
}

export type StoryClick = Pick<Click, 'at' | 'isUnique'> &
  Partial<
    Pick<
      Click,
      'botReason' | 'country' | 'device' | 'os' | 'browser' | 'subs' | 'rule' | 'variant' | 'erasedAt' | 'humanSince'
    >
  >;

export type StoryPostback = Pick<
  Postback,
  | '_id'
  | 'networkId'
  | 'receivedAt'
  | 'method'
  | 'path'
  | 'query'
  | 'body'
  | 'headers'
  | 'ip'
  | 'verdict'
  | 'reason'
  | 'hint'
> &
  Partial<Pick<Postback, 'origin' | 'attempts' | 'erasedAt'>>;

/** Everything that is known of a conversion, oldest first: its click, the reports, and the moves of its status. */
export function assembleStory(parts: StoryParts): StoryEntry[] {
  const { conversion, click, postbacks } = parts;
  const logged = new Map(postbacks.map((postback) => [postback._id, postback]));
  const moves = withTimes(conversion, logged);
  const entries = [
    ...clickEntries(conversion, click),
    ...postbacks.map((postback) => requestEntry(postback, parts)),
    ...expiredRequests(moves, logged),
    ...moves.flatMap(personalReport),
    ...postbacks.flatMap(replays),
    ...moves.map(({ entry, at }, i) => statusEntry(entry, at, conversion.history[i - 1])),
  ];
  // The sort is stable, so entries of one kind and time stay in the order of their source.
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || rankOf(a) - rankOf(b));
}

function rankOf({ kind }: StoryEntry): number {
  return STORY_KINDS.indexOf(kind);
}

function clickEntries(
  { clickId, linkId, clickedAt, createdAt, facts }: StoryParts['conversion'],
  click: StoryClick | undefined,
): [ClickStoryEntry, RedirectStoryEntry] | [] {
  if (clickId === null) return [];
  const at = (click?.at ?? clickedAt ?? createdAt).toISOString();
  const isStored = click !== undefined;
  const known = click ?? facts;
  const isBot = click && click.botReason !== undefined && click.humanSince === undefined;
  return [
    {
      kind: 'click',
      at,
      clickId,
      linkId,
      isStored,
      erasedAt: click?.erasedAt?.toISOString() ?? null,
      isBot: isBot ?? null,
      botReason: click?.botReason ?? null,
      isUnique: click?.isUnique ?? null,
      subs: known?.subs ?? {},
    },
    {
      kind: 'redirect',
      at,
      linkId,
      isStored,
      rule: known?.rule ?? null,
      variant: known?.variant ?? null,
      country: known?.country ?? null,
      device: known?.device ?? null,
      os: known?.os ?? null,
      browser: known?.browser ?? null,
    },
  ];
}

function requestEntry(
  postback: StoryPostback,
  { includeRequests, includeHints }: Pick<StoryParts, 'includeRequests' | 'includeHints'>,
): RequestStoryEntry {
  const { _id, networkId, receivedAt, verdict, reason, hint, erasedAt } = postback;
  return {
    kind: postback.origin ?? 'postback',
    at: receivedAt.toISOString(),
    postbackId: _id,
    isLogged: true,
    erasedAt: erasedAt?.toISOString() ?? null,
    networkId,
    verdict,
    reason,
    hint: includeHints ? hint : null,
    request: includeRequests && !erasedAt ? requestOf(postback) : null,
  };
}

function requestOf({ method, path, query, body, headers, ip }: StoryPostback): StoryRequest {
  return {
    method,
    path,
    query,
    body,
    ip,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
  };
}

function replays({ _id, attempts = [] }: StoryPostback): ReplayStoryEntry[] {
  return attempts.map(({ at, verdict, reason }) => ({
    kind: 'replay',
    at: at.toISOString(),
    postbackId: _id,
    verdict,
    reason,
  }));
}

/** Requests that only the history names: their log entries have expired. */
function expiredRequests(moves: readonly Move[], logged: ReadonlyMap<string, StoryPostback>): RequestStoryEntry[] {
  const expired = new Map<string, RequestStoryEntry>();
  for (const { entry, at } of moves) {
    const { origin, sourceId } = entry;
    if (!isRequest(origin) || logged.has(sourceId) || expired.has(sourceId)) continue;
    expired.set(sourceId, {
      kind: origin,
      at: (timeOfId(sourceId) ?? at).toISOString(),
      postbackId: sourceId,
      isLogged: false,
      erasedAt: null,
      networkId: null,
      verdict: null,
      reason: null,
      hint: null,
      request: null,
    });
  }
  return [...expired.values()];
}

function personalReport({ entry, at }: Move): (ManualStoryEntry | ImportStoryEntry)[] {
  const { origin, sourceId, note } = entry;
  if (origin === 'manual') return [{ kind: 'manual', at: at.toISOString(), by: sourceId, note }];
  if (origin !== 'import') return [];
  const [importId = '', row] = sourceId.split(':');
  const number = Number(row);
  return [
    {
      kind: 'import',
      at: at.toISOString(),
      importId,
      row: row !== undefined && Number.isInteger(number) ? number : null,
      note,
    },
  ];
}

function statusEntry(entry: HistoryEntry, at: Date, previous: HistoryEntry | undefined): StatusStoryEntry {
  const { status, networkStatus, payout, origin, sourceId, note } = entry;
  return {
    kind: 'status',
    at: at.toISOString(),
    eventAt: entry.at.toISOString(),
    status,
    previousStatus: previous?.status ?? null,
    networkStatus,
    payout: formatMoney(payout),
    previousPayout: formatMoney(previous?.payout),
    origin,
    sourceId,
    note,
  };
}

/** An entry of the history, with the time at which it was applied. */
interface Move {
  entry: HistoryEntry;
  at: Date;
}

/**
 * The history keeps the time of each event, as the network may have named it. When it was applied follows from its report,
 * and from the order of the history.
 */
function withTimes(conversion: StoryParts['conversion'], logged: ReadonlyMap<string, StoryPostback>): Move[] {
  let latestMs = conversion.createdAt.getTime();
  return conversion.history.map((entry, i) => {
    latestMs = Math.max(latestMs, reportTime(conversion, i, logged).getTime());
    return { entry, at: new Date(latestMs) };
  });
}

/** When the report of the history's entry `index` arrived here. */
function reportTime(
  { _id, history, createdAt }: StoryParts['conversion'],
  index: number,
  logged: ReadonlyMap<string, StoryPostback>,
): Date {
  const { origin, sourceId, at } = history[index] as HistoryEntry;
  // A person may have named an earlier or later time for what creates a conversion.
  if (origin === 'manual') return index === 0 ? createdAt : at;
  if (origin === 'import') return timeOfId(sourceId.split(':')[0] ?? '') ?? createdAt;
  const postback = logged.get(sourceId);
  if (postback === undefined) return timeOfId(sourceId) ?? createdAt;
  const ofSource = history.flatMap((entry, i) => (entry.sourceId === sourceId ? [i] : []));
  const counted = (postback.attempts ?? []).filter(
    ({ verdict, conversionId }) => conversionId === _id && (verdict === 'accepted' || verdict === 'updated'),
  );
  const times = [
    // Fewer counted replays than entries: the first entry is of the request itself.
    ...(ofSource.length > counted.length ? [postback.receivedAt] : []),
    ...counted.map((attempt) => attempt.at),
  ];
  return times[ofSource.indexOf(index)] ?? postback.receivedAt;
}

function isRequest(origin: Origin): origin is 'postback' | 'pixel' {
  return origin === 'postback' || origin === 'pixel';
}
