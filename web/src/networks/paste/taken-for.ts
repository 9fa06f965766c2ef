import type { Schema } from '../../api/client';
import type { Choice } from '../../ui/controls/select-field';
import {
  CANONICAL_NAMES,
  type CanonicalName,
  EVENT_MEANINGS,
  type Mapping,
  ownMeaningOf,
  STATUS_MEANINGS,
  withParam,
  withWord,
} from '../mapping/mapping-edits';
import { canonicalWord, type ReadParameter } from './because';

type ReadEvent = Schema<'ReadEventResponse'>;

const IGNORED = '';
const WORD_LISTS = { event: 'events', status: 'statuses' } as const;

/** What a parameter is taken for: a canonical name, or `event:ftd` for a word with a meaning. Empty: ignored. */
export function takenFor({ name, value, state, as }: ReadParameter, event: ReadEvent | null, mapping: Mapping): string {
  if (state !== 'taken' || as === null) return ownMeaningOf(mapping, name) ?? IGNORED;
  if (as === 'event') {
    const own = mapping.events[value.toLowerCase()];
    const read = event === null ? undefined : event.isChargeback ? 'chargeback' : event.eventType;
    return joined('event', own ?? read);
  }
  if (as === 'status') {
    const own = mapping.statuses[value.toLowerCase()];
    // A word for an event may come as the status; then the status is not its meaning.
    return joined('status', own ?? (event?.networkStatus === value ? event.status : undefined));
  }
  return as;
}

function joined(canonical: string, meaning: string | undefined): string {
  return meaning === undefined ? canonical : `${canonical}:${meaning}`;
}

/** In words: `click id`, `event: ftd`, `ignored`. */
export function takenForWord(taken: string): string {
  const [canonical = '', meaning] = taken.split(':');
  return meaning === undefined ? canonicalWord(canonical === IGNORED ? null : canonical) : `${canonical}: ${meaning}`;
}

/** What a parameter can be taken for. Only a name of the network's own mapping can be taken out of it. */
export function takenForChoices(current: string, canBeIgnored: boolean): Choice[] {
  const values = [
    ...(canBeIgnored || current === IGNORED ? [IGNORED] : []),
    ...CANONICAL_NAMES.flatMap((name): string[] => {
      if (name === 'event') return EVENT_MEANINGS.map((meaning) => `event:${meaning}`);
      return name === 'status' ? STATUS_MEANINGS.map((meaning) => `status:${meaning}`) : [name];
    }),
  ];
  const all = values.includes(current) ? values : [current, ...values];
  return all.map((value) => ({ value, label: takenForWord(value) }));
}

/** The mapping in which a parameter is taken for something else. */
export function withTakenFor(mapping: Mapping, { name, value, as }: ReadParameter, taken: string): Mapping {
  const [canonical = '', meaning] = taken.split(':');
  if (canonical === IGNORED) return withParam(mapping, name, null);
  const named = as === canonical ? mapping : withParam(mapping, name, canonical as CanonicalName);
  if (meaning === undefined || (canonical !== 'event' && canonical !== 'status')) return named;
  return withWord(named, WORD_LISTS[canonical], value, meaning);
}
