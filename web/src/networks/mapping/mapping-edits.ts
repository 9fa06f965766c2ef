import type { Schema } from '../../api/client';

export type Mapping = Schema<'NetworkMappingResponse'>;

/** The canonical names that a parameter can be taken for, in the order of the list. */
export const CANONICAL_NAMES = [
  'click_id',
  'event',
  'status',
  'payout',
  'currency',
  'txid',
  'player_id',
  'time',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
  'sub9',
  'sub10',
] as const;
export type CanonicalName = (typeof CANONICAL_NAMES)[number];

export const EVENT_MEANINGS = [
  'registration',
  'ftd',
  'deposit',
  'qualified',
  'sale',
  'rebill',
  'revshare',
  'lead',
  'install',
  'withdrawal',
  'chargeback',
] as const;
export const STATUS_MEANINGS = ['approved', 'pending', 'rejected', 'ignore'] as const;

export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The canonical name for which the mapping itself takes a sent name. */
export function ownMeaningOf(mapping: Mapping, name: string): string | undefined {
  return Object.entries(mapping.params).find(([, names]) => names.some((one) => isSameName(one, name)))?.[0];
}

/** The mapping in which a sent name is taken for a canonical one, before its other names; `null` takes the name out. */
export function withParam(mapping: Mapping, name: string, canonical: CanonicalName | null): Mapping {
  const params: Record<string, string[]> = {};
  for (const [known, names] of Object.entries(mapping.params)) {
    const others = names.filter((one) => !isSameName(one, name));
    if (others.length > 0) params[known] = others;
  }
  if (canonical !== null) params[canonical] = [name, ...(params[canonical] ?? [])];
  return { ...mapping, params };
}

/** The mapping in which a word of the network has a meaning. Words are compared without case. */
export function withWord(mapping: Mapping, list: 'events' | 'statuses', word: string, meaning: string): Mapping {
  return { ...mapping, [list]: { ...mapping[list], [word.toLowerCase()]: meaning } };
}

/** Whether two mappings read every request in the same way; the order of the names matters, that of the keys does not. */
export function isSameMapping(one: Mapping, other: Mapping): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered({ params, events, statuses, currencies = {}, charset = '' }: Mapping): unknown {
  const sorted = (map: object): unknown => Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [sorted(params), sorted(events), sorted(statuses), sorted(currencies), charset];
}
