import type { Schema } from '../../api/client';
import type { HopKind } from '../../ui/data/hop-rail';
import type { Conversion } from '../conversions-words';

export type StoryEntry = Schema<'ConversionStoryResponse'>['entries'][number];
type EntryOf<Kind extends StoryEntry['kind']> = Extract<StoryEntry, { kind: Kind }>;

export type ClickEntry = EntryOf<'click'>;
export type RedirectEntry = EntryOf<'redirect'>;
export type RequestEntry = Schema<'RequestStoryEntryResponse'>;
export type StatusEntry = EntryOf<'status'>;
export type PersonEntry = Schema<'ManualStoryEntryResponse'> | Schema<'ImportStoryEntryResponse'>;
type ReplayEntry = EntryOf<'replay'>;

/** The content of a moment. `effect`: the state of the conversion after it, if it changed something. */
export type MomentContent =
  | { kind: 'click'; entry: ClickEntry }
  | { kind: 'redirect'; entry: RedirectEntry }
  | { kind: 'request'; entry: RequestEntry; effect: StatusEntry | null }
  | { kind: 'person'; entry: PersonEntry; effect: StatusEntry | null }
  | { kind: 'replay'; entry: ReplayEntry; effect: StatusEntry | null }
  | { kind: 'status'; entry: StatusEntry }
  | { kind: 'sibling'; conversion: Conversion };

export interface StoryMoment {
  type: 'moment';
  /** The same after each load. */
  key: string;
  at: string;
  hop: HopKind;
  content: MomentContent;
}

interface StoryGap {
  type: 'gap';
  key: string;
  ms: number;
}

export type StoryRow = StoryMoment | StoryGap;
export type StoryPart = 'all' | 'postbacks';

/** Shorter pauses are not worth a line. */
const GAP_MS = 5 * 60_000;

/**
 * The moments of a story, oldest first, with the gaps between them. An entry about the status joins the report that caused it.
 * @param siblings other conversions of the same click
 */
export function storyRows(
  entries: readonly StoryEntry[],
  siblings: readonly Conversion[] = [],
  part: StoryPart = 'all',
): StoryRow[] {
  const moments = [...momentsOf(entries), ...(part === 'all' ? siblings.map(siblingMoment) : [])];
  const shown = moments.filter(({ content: { kind } }) => part === 'all' || kind === 'request' || kind === 'replay');
  // The sort is stable: moments of one time stay in their order, causes before effects.
  return withGaps(shown.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)));
}

function momentsOf(entries: readonly StoryEntry[]): StoryMoment[] {
  const moments: StoryMoment[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'status' && joinCause(moments, entry)) continue;
    const content = contentOf(entry);
    moments.push({
      type: 'moment',
      key: `${entry.kind}-${entry.at}-${index}`,
      at: entry.at,
      hop: hopOf(content),
      content,
    });
  }
  return moments;
}

/** Adds a status entry to the latest moment that caused it. @returns whether there is one. */
function joinCause(moments: StoryMoment[], status: StatusEntry): boolean {
  const cause = moments.findLast(
    ({ content }) => 'effect' in content && content.effect === null && causes(content, status),
  );
  if (cause === undefined || !('effect' in cause.content)) return false;
  cause.content.effect = status;
  return true;
}

function causes(content: MomentContent, { origin, sourceId }: StatusEntry): boolean {
  switch (content.kind) {
    case 'request':
    case 'replay':
      return content.entry.postbackId === sourceId;
    case 'person':
      if (content.entry.kind === 'manual') return origin === 'manual' && content.entry.by === sourceId;
      return origin === 'import' && sourceId.split(':')[0] === content.entry.importId;
    default:
      return false;
  }
}

function contentOf(entry: StoryEntry): MomentContent {
  switch (entry.kind) {
    case 'click':
      return { kind: 'click', entry };
    case 'redirect':
      return { kind: 'redirect', entry };
    case 'postback':
    case 'pixel':
      return { kind: 'request', entry, effect: null };
    case 'manual':
    case 'import':
      return { kind: 'person', entry, effect: null };
    case 'replay':
      return { kind: 'replay', entry, effect: null };
    case 'status':
      return { kind: 'status', entry };
  }
}

function hopOf(content: MomentContent): HopKind {
  switch (content.kind) {
    case 'redirect':
      return 'out';
    case 'click':
    case 'sibling':
      return 'in';
    case 'request':
      return REQUEST_HOPS[content.entry.verdict ?? 'accepted'];
    case 'person':
    case 'replay':
    case 'status':
      return 'mark';
  }
}

const REQUEST_HOPS = {
  accepted: 'in',
  updated: 'in',
  rejected: 'failedIn',
  duplicate: 'repeated',
  ignored: 'repeated',
  test: 'repeated',
} as const satisfies Record<NonNullable<RequestEntry['verdict']>, HopKind>;

function siblingMoment(conversion: Conversion): StoryMoment {
  const { id, convertedAt } = conversion;
  return { type: 'moment', key: id, at: convertedAt, hop: 'in', content: { kind: 'sibling', conversion } };
}

function withGaps(moments: readonly StoryMoment[]): StoryRow[] {
  return moments.flatMap((moment, index): StoryRow[] => {
    const before = moments[index - 1];
    const ms = before === undefined ? 0 : Date.parse(moment.at) - Date.parse(before.at);
    return ms < GAP_MS ? [moment] : [{ type: 'gap', key: `gap-${moment.key}`, ms }, moment];
  });
}

/** The heading of a request: its event, or the change that it made. */
type RequestHeading = 'event' | 'status' | 'amount' | 'again' | 'request' | 'test';

export function headingOf({ verdict }: Pick<RequestEntry, 'verdict'>, effect: StatusEntry | null): RequestHeading {
  if (verdict === 'duplicate') return 'again';
  if (verdict === 'test') return 'test';
  if (effect === null) return 'request';
  if (effect.previousStatus === null) return 'event';
  if (effect.previousStatus !== effect.status) return 'status';
  return isOtherAmount(effect) ? 'amount' : 'event';
}

export function isOtherAmount({ payout, previousPayout }: Pick<StatusEntry, 'payout' | 'previousPayout'>): boolean {
  return payout?.amount !== previousPayout?.amount || payout?.currency !== previousPayout?.currency;
}
