import { subtractAmounts } from '../../ui/data/decimal';
import type { MappingEffect } from '../postback-types';
import { fixWords as words } from './fix-words';

type EventEffect = MappingEffect['events'][number];
type MoneyEffect = MappingEffect['money'][number];

export interface Figure {
  label: string;
  count: number;
  note: string;
}

const USUAL = ['registration', 'ftd'] as const;
const MAX_REASONS = 3;

/** The numbers of an effect: what would count, and the conversions of two event types. */
export function figuresOf({ waiting, wouldCount, events, links, complete }: MappingEffect): Figure[] {
  const [first, second] = shownEvents(events);
  return [
    { label: words.wouldCount, count: wouldCount, note: words.ofWaiting(waiting, complete) },
    { label: words.events[first.eventType], count: first.count, note: first.count === 0 ? '' : words.onLinks(links) },
    { label: words.events[second.eventType], count: second.count, note: statusNote(second) },
  ];
}

/** Registrations and FTDs, unless others would count in their place. */
function shownEvents(events: readonly EventEffect[]): [EventEffect, EventEffect] {
  const isUsual = ({ eventType }: EventEffect): boolean => (USUAL as readonly string[]).includes(eventType);
  const others = events.filter((event) => !isUsual(event));
  const [registration, ftd] = USUAL.map((type) => events.find(({ eventType }) => eventType === type));
  const first = registration ?? (others.length > (ftd === undefined ? 1 : 0) ? others.shift() : undefined);
  const second = ftd ?? others.shift();
  return [first ?? none('registration'), second ?? none('ftd')];
}

function none(eventType: EventEffect['eventType']): EventEffect {
  return { eventType, count: 0, created: 0, approved: 0, pending: 0, rejected: 0 };
}

function statusNote({ approved, pending, rejected }: EventEffect): string {
  return words.byStatus([
    [approved, 'approved'],
    [pending, 'pending'],
    [rejected, 'rejected'],
  ]);
}

/** Approved and pending together: the money to expect. */
export function expectedOf({ approved, pending }: MoneyEffect): string {
  return subtractAmounts(approved, pending.startsWith('-') ? pending.slice(1) : `-${pending}`);
}

/** The part that stays wrong, with names in backticks; absent if nothing does. */
export function staySentence({ wouldStay, staysRejected }: MappingEffect): string | undefined {
  if (wouldStay === 0) return undefined;
  const reasons = [...new Set(staysRejected.map(({ reason, hint }) => reasonText(reason, hint)))];
  const more = reasons.length - MAX_REASONS;
  const shown = [...reasons.slice(0, MAX_REASONS), ...(more > 0 ? [words.andMore(more)] : [])];
  return words.stay(wouldStay, shown.join(', '));
}

/** The word that is not mapped, as the hint names it; else the reason. */
function reasonText(reason: string, hint: string | null): string {
  const word = reason.startsWith('unmapped_') ? /"([^"]+)"/.exec(hint ?? '')?.[1] : undefined;
  return word === undefined ? words.code(reason) : words.isUnmapped(word.replaceAll('`', "'"));
}
