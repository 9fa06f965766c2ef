import { DEMO_LINKS } from './demo-links.js';
import { type DemoVisitor, makeVisitor } from './demo-visitors.js';
import { SeededRandom, type Weighted } from './seeded-random.js';

export const DEMO_DAYS = 90;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const CLICKS_PER_DAY = 350;
/** From the first day to the last one, traffic grows by this factor. */
const GROWTH = 1.6;
const BY_WEEKDAY = [1.15, 0.92, 0.9, 0.95, 1, 1.1, 1.25];
const BY_HOUR = [2, 1.4, 1, 0.8, 0.8, 1.2, 2, 3, 4, 4.6, 5, 5.2, 5.4, 5.2, 5, 5, 5.3, 5.8, 6.5, 7, 7.2, 6.5, 5, 3.2];
const HOURS_TOTAL = BY_HOUR.reduce((sum, share) => sum + share, 0);
const BOTS = 0.09;
/** Share of the clicks of visitors who were on the same link on the same day. */
const RETURNING = 0.16;

/** A made-up click. */
export interface DemoClick {
  /** Its place in the order of times. */
  number: number;
  at: Date;
  /** Index in DEMO_LINKS. */
  link: number;
  visitor: DemoVisitor;
  isBot: boolean;
  /** The number of the click by which the same visitor came first on this day; its own number for a first visit. */
  firstVisit: number;
  isUnique: boolean;
}

/** The day at whose beginning (UTC) the data begins. */
export function firstDayOf(until: Date): Date {
  const today = Math.floor(until.getTime() / DAY_MS) * DAY_MS;
  return new Date(today - (DEMO_DAYS - 1) * DAY_MS);
}

/**
 * All clicks until a time, in the order of their times, one hour after the other. The same arguments give the same clicks, so a
 * filling that was interrupted makes them again.
 */
export function* makeClicks(seed: string, until: Date): Generator<DemoClick[]> {
  const random = new SeededRandom(`clicks:${seed}`);
  const firstDay = firstDayOf(until).getTime();
  let number = 0;
  for (let day = 0; day < DEMO_DAYS; day++) {
    const start = firstDay + day * DAY_MS;
    const links = linksOfDay(day);
    const perDay = clicksOfDay(random, day, new Date(start).getUTCDay());
    const visits = new DayVisits();
    for (const [hour, share] of BY_HOUR.entries()) {
      const from = start + hour * HOUR_MS;
      const length = Math.min(HOUR_MS, until.getTime() - from);
      if (length <= 0) return;
      const count = random.round((perDay * share * length) / HOURS_TOTAL / HOUR_MS);
      const clicks: DemoClick[] = [];
      for (const at of timesWithin(random, from, length, count)) {
        clicks.push(makeClick(random, { number: number++, at, links, visits }));
      }
      yield clicks;
    }
  }
}

function clicksOfDay(random: SeededRandom, day: number, weekday: number): number {
  const trend = 1 + ((GROWTH - 1) * day) / DEMO_DAYS;
  return CLICKS_PER_DAY * trend * (BY_WEEKDAY[weekday] ?? 1) * random.between(0.85, 1.15);
}

function linksOfDay(day: number): Weighted<number> {
  return DEMO_LINKS.flatMap(({ weight, createdOnDay }, i) => (createdOnDay <= day ? [[i, weight] as const] : []));
}

function timesWithin(random: SeededRandom, from: number, length: number, count: number): Date[] {
  return Array.from({ length: count }, () => from + random.integer(length))
    .toSorted((a, b) => a - b)
    .map((ms) => new Date(ms));
}

/** The visitors of a day by link, from which returning ones are taken. */
class DayVisits {
  private readonly byLink = new Map<number, DemoClick[]>();

  add(click: DemoClick): void {
    const known = this.byLink.get(click.link);
    if (known === undefined) this.byLink.set(click.link, [click]);
    else known.push(click);
  }

  find(random: SeededRandom, link: number): DemoClick | undefined {
    const known = this.byLink.get(link) ?? [];
    return known[random.integer(known.length)];
  }
}

function makeClick(
  random: SeededRandom,
  { number, at, links, visits }: { number: number; at: Date; links: Weighted<number>; visits: DayVisits },
): DemoClick {
  const link = random.pick(links);
  const isBot = random.isTrue(BOTS);
  const earlier = !isBot && random.isTrue(RETURNING) ? visits.find(random, link) : undefined;
  const visitor = earlier?.visitor ?? makeVisitor(random);
  const isUnique = !isBot && earlier === undefined;
  const click = { number, at, link, visitor, isBot, firstVisit: earlier?.firstVisit ?? number, isUnique };
  if (isUnique) visits.add(click);
  return click;
}
