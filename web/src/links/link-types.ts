import type { Schema } from '../api/client';
import type { StatusShape } from '../ui/data/status-shapes';
import type { Tone } from '../ui/data/status';
import { linksWords } from './links-words';

export type Link = Schema<'LinkResponse'>;

interface LinkState {
  name: keyof typeof linksWords.marks;
  shape: StatusShape;
  tone: Tone;
}

/** The state of a link that matters most: why it does not redirect to its destination, or that it does. */
export function stateOf(link: Link, now = new Date()): LinkState {
  const isPast = (time: string | null): boolean => time !== null && Date.parse(time) <= now.getTime();
  if (link.archived) return { name: 'archived', shape: 'ignored', tone: 'neutral' };
  if (link.suspended !== null) return { name: 'suspended', shape: 'refused', tone: 'bad' };
  if (isPast(link.expiresAt)) return { name: 'expired', shape: 'expired', tone: 'neutral' };
  if (link.paused) return { name: 'paused', shape: 'paused', tone: 'waiting' };
  if (link.startsAt !== null && !isPast(link.startsAt)) return { name: 'planned', shape: 'waits', tone: 'neutral' };
  if (link.clickLimit !== null && link.stats.clicks.human >= link.clickLimit) {
    return { name: 'full', shape: 'expired', tone: 'waiting' };
  }
  return { name: 'live', shape: 'live', tone: 'good' };
}

/** The host that a destination leads to; a URL whose host is a macro stands as it is. */
export function destinationHost(url: string): string {
  return /^[a-z][\w+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1] ?? url;
}
