import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';
import { EVENT_NAMES, type EventType } from '../ui/data/event-names';
import { type ConversionFlag, type ConversionStatus, FLAGS, STATUS_NAMES } from './conversions-words';

/** The filters of the list. */
export interface ConversionFilters {
  /** Text that is found in ids, transaction ids and players. */
  find?: string | undefined;
  status?: ConversionStatus | undefined;
  event?: EventType | undefined;
  /** Id of a network. */
  network?: string | undefined;
  /** Id of a link. */
  link?: string | undefined;
  flag?: ConversionFlag | undefined;
  /** First deposits only. */
  ftd?: true | undefined;
}

/** The state of the list that its URL holds. The page of one conversion keeps it, to walk the list. */
export interface ConversionsSearch extends PeriodSearch, ConversionFilters {
  /** Absent: the time of the conversion. */
  timeBy?: 'click' | undefined;
  /** `new`: the sheet for a new conversion is open. */
  sheet?: 'new' | undefined;
}

export const CONVERSION_FILTERS = [
  'find',
  'status',
  'event',
  'network',
  'link',
  'flag',
  'ftd',
] as const satisfies readonly (keyof ConversionFilters)[];
export type ConversionFilterName = (typeof CONVERSION_FILTERS)[number];

const MAX_FIND_CHARS = 200;

export function parseConversionsSearch(search: Record<string, unknown>): ConversionsSearch {
  const { timeBy, sheet } = search;
  return {
    ...parsePeriodSearch(search),
    ...parseFilters(search),
    ...(timeBy === 'click' && { timeBy }),
    ...(sheet === 'new' && { sheet }),
  };
}

function parseFilters({ find, status, event, network, link, flag, ftd }: Record<string, unknown>): ConversionFilters {
  // The router reads `find=123` as a number.
  const text = typeof find === 'number' ? String(find) : find;
  return {
    ...(typeof text === 'string' && text.trim() !== '' && { find: text.trim().slice(0, MAX_FIND_CHARS) }),
    ...(isKeyOf(STATUS_NAMES, status) && { status }),
    ...(isKeyOf(EVENT_NAMES, event) && { event }),
    ...(isIdOf('net', network) && { network }),
    ...(isIdOf('lnk', link) && { link }),
    ...(isKeyOf(FLAGS, flag) && { flag }),
    ...(ftd === true && { ftd }),
  };
}

function isKeyOf<Key extends string>(known: Readonly<Record<Key, unknown>>, value: unknown): value is Key {
  return typeof value === 'string' && Object.hasOwn(known, value);
}

function isIdOf(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${prefix}_[0-9A-Za-z]{1,40}$`).test(value);
}
