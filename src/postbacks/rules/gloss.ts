import type { CanonicalParam } from '../../networks/rules/canonical-params.js';
import { shown } from '../../networks/rules/reading/hints.js';
import type { ReadParameter } from '../../networks/rules/reading/reading.js';
import { CONVERSION_STATUSES, type ConversionStatus } from '../../platform/vocabulary/conversion-words.js';

export const PARAMETER_KINDS = [
  'clickId',
  'event',
  'status',
  'money',
  'transaction',
  'sub',
  'time',
  'player',
  'ignored',
  'unfilledMacro',
  'unmappedClickId',
  'secret',
] as const;
/** The use of a sent parameter, for its colour. */
export type ParameterKind = (typeof PARAMETER_KINDS)[number];

/** A sent parameter with its value; secrets are masked. */
export interface SentValue extends ReadParameter {
  value: string;
}

/** Facts behind a gloss. */
export interface GlossContext {
  /** Whether a value is one of our click ids, by its signature. */
  isClickId: (value: string) => boolean;
  /** Whether parameters with this name are secrets of the network. */
  isSecretName: (name: string) => boolean;
  /** The meanings of the words that came as the event and as the status, by the current mapping; absent for unknown words. */
  words: { event?: string | undefined; status?: string | undefined };
  /** The reason of the rejection, which may be about one parameter. */
  reason: string | null;
}

export interface Gloss {
  kind: ParameterKind;
  /** The meaning in words: `event: ftd`, `macro not filled in`. */
  meaning: string;
}

const MASK = '***';

/** The use of one parameter in words. */
export function glossOf({ name, value, state, as }: SentValue, context: GlossContext): Gloss {
  if (state !== 'taken' && value === MASK) return { kind: 'secret', meaning: 'secret, masked' };
  if (state !== 'taken' && context.isSecretName(name)) return { kind: 'secret', meaning: 'secret' };
  if (state === 'unfilled') return { kind: 'unfilledMacro', meaning: 'macro not filled in' };
  if (state === 'empty') return { kind: 'ignored', meaning: 'empty' };
  if (state === 'no_value') return { kind: 'ignored', meaning: 'stands for no value' };
  if (state === 'taken' && as !== null) return { kind: KINDS[as] ?? 'sub', meaning: meaningOf(as, value, context) };
  if (!context.isClickId(value)) return { kind: 'ignored', meaning: 'ignored' };
  return { kind: 'unmappedClickId', meaning: `your click id, but nothing reads ${shown(name)}` };
}

const KINDS: Partial<Record<CanonicalParam, ParameterKind>> = {
  click_id: 'clickId',
  event: 'event',
  status: 'status',
  payout: 'money',
  currency: 'money',
  txid: 'transaction',
  player_id: 'player',
  time: 'time',
};

const NAMES: Partial<Record<CanonicalParam, string>> = {
  txid: 'transaction id',
  player_id: 'player id',
  time: 'time of the event',
};

function meaningOf(as: CanonicalParam, value: string, { isClickId, words, reason }: GlossContext): string {
  switch (as) {
    case 'click_id':
      return clickIdMeaning(value, isClickId(value), reason);
    case 'event':
      return wordMeaning('event', reason === 'unmapped_event' ? undefined : words.event, reason);
    case 'status':
      return wordMeaning('status', reason === 'unmapped_status' ? undefined : words.status, reason);
    case 'payout':
      return reason === 'invalid_amount' ? 'payout, not readable' : `payout ${shown(value)}`;
    case 'currency':
      return reason === 'invalid_currency' ? 'currency, not usable' : `currency ${shown(value)}`;
    default:
      return NAMES[as] ?? as;
  }
}

function clickIdMeaning(value: string, isOurs: boolean, reason: string | null): string {
  if (reason === 'unknown_click') return 'a click id of another workspace';
  if (isOurs) return 'your click id';
  if (value.startsWith('lnk_')) return 'link id';
  return 'read as the click id, but not one of yours';
}

/** A word for a status may come as the event, and a word for an event as the status. */
function wordMeaning(field: 'event' | 'status', meaning: string | undefined, reason: string | null): string {
  // A request that was read had a meaning for it: the mapping has changed since, or its network was deleted.
  if (meaning === undefined) return reason === null ? field : `${field}: not mapped`;
  if (meaning === 'ignore') return `${field}: ignored by the mapping`;
  const isStatus = (CONVERSION_STATUSES as readonly string[]).includes(meaning as ConversionStatus);
  return `${isStatus ? 'status' : 'event'}: ${meaning}`;
}
