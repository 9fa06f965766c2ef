import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BROWSER_NAMES, DEVICE_KINDS, OS_NAMES } from '../../platform/vocabulary/device-names.js';
import { DEMO_LINKS } from './demo-links.js';
import { type DemoClick, firstDayOf, makeClicks } from './make-clicks.js';
import { type DemoPostback, PostbackMaker, WAITING_POSTBACKS } from './make-postbacks.js';
import { nextBatch } from './postback-batches.js';
import { numberOf, SeededRandom } from './seeded-random.js';

const DAY_MS = 86_400_000;

const dataUntil = (until: Date): { clicks: DemoClick[]; postbacks: DemoPostback[] } => {
  const clicks = [...makeClicks('seed', until)].flat();
  const maker = new PostbackMaker('seed', until);
  for (const click of clicks) maker.add(click);
  return { clicks, postbacks: maker.all() };
};
const END = new Date('2026-11-22T15:20:00Z');
const DATA = dataUntil(END);
const isOrdered = (times: Date[]): boolean => times.every((time, i) => i === 0 || time >= (times[i - 1] as Date));
const textOf = ({ at, network, query }: DemoPostback): string => `${at.toISOString()} ${network} ${query('ID')}`;
/** A broken macro, and a click id where nothing reads it. */
const isWaiting = (postback: DemoPostback): boolean => postback.query('ID').includes('clickid={clickid}&tid=ID');

describe('made-up data', () => {
  const until = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

  it('holds its promises at any time of any day', () => {
    fc.assert(
      fc.property(until, (end) => {
        const { clicks, postbacks } = dataUntil(end);
        expect(isOrdered(clicks.map(({ at }) => at))).toBe(true);
        expect(isOrdered(postbacks.map(({ at }) => at))).toBe(true);
        expect(clicks.map(({ number }) => number)).toEqual(clicks.map((_, i) => i));
        expect((clicks[0] as DemoClick).at >= firstDayOf(end)).toBe(true);
        expect((clicks.at(-1) as DemoClick).at < end).toBe(true);
        expect((postbacks.at(-1) as DemoPostback).at < end).toBe(true);
        expect(clicks.length).toBeGreaterThan(25_000);
        expect(clicks.length).toBeLessThan(60_000);
        for (const { at, clickId } of postbacks) if ('click' in clickId) expect(at > clickId.click.at).toBe(true);
        const waiting = postbacks.filter(isWaiting);
        expect(waiting).toHaveLength(WAITING_POSTBACKS);
        expect(waiting.every(({ at }) => end.getTime() - at.getTime() < 7 * DAY_MS)).toBe(true);
      }),
      { numRuns: 4 },
    );
  }, 60_000);

  it('is the same each time, so that a filling can be resumed', () => {
    const again = dataUntil(END);
    expect(JSON.stringify(again.clicks) === JSON.stringify(DATA.clicks)).toBe(true);
    expect(again.postbacks.map(textOf)).toEqual(DATA.postbacks.map(textOf));
  });

  it('counts each visitor of a link and a day once, and no bot', () => {
    const { clicks } = DATA;
    const wrong = clicks.filter(({ isUnique, isBot, firstVisit, number, link, at }) => {
      const first = clicks[firstVisit] as DemoClick;
      return isUnique !== (!isBot && firstVisit === number) || first.link !== link || first.at > at;
    });
    expect(wrong).toEqual([]);
    expect(clicks.some(({ isUnique, isBot }) => !isUnique && !isBot)).toBe(true);
    const ofLinks = new Set(clicks.map(({ link }) => link));
    expect(ofLinks.size).toBe(DEMO_LINKS.length);
  });

  it('has no click before its link was created', () => {
    const from = firstDayOf(END).getTime();
    const tooEarly = DATA.clicks.filter(
      ({ link, at }) => at.getTime() < from + (DEMO_LINKS[link]?.createdOnDay ?? 0) * DAY_MS,
    );
    expect(tooEarly).toEqual([]);
  });

  it('names devices as the enrichment does', () => {
    const { clicks } = DATA;
    expect(DEVICE_KINDS).toEqual(expect.arrayContaining([...new Set(clicks.map(({ visitor }) => visitor.device))]));
    expect(OS_NAMES).toEqual(expect.arrayContaining([...new Set(clicks.map(({ visitor }) => visitor.os))]));
    expect(BROWSER_NAMES).toEqual(expect.arrayContaining([...new Set(clicks.map(({ visitor }) => visitor.browser))]));
  });

  it('is sent in batches in which no click comes twice', () => {
    const { postbacks } = DATA;
    let done = 0;
    while (done < postbacks.length) {
      const batch = nextBatch(postbacks, done);
      expect(batch.every((postback, i) => postback === postbacks[done + i])).toBe(true);
      const clicks = batch.flatMap(({ clickId }) => ('click' in clickId ? [clickId.click.number] : []));
      expect(new Set(clicks).size).toBe(clicks.length);
      expect(batch.length).toBeGreaterThan(0);
      done += batch.length;
    }
  });

  it('has links of names for examples, each with a slug of its own', () => {
    expect(DEMO_LINKS).toHaveLength(38);
    expect(new Set(DEMO_LINKS.map(({ slug }) => slug)).size).toBe(38);
    expect(DEMO_LINKS.every(({ url }) => new URL(url).hostname.endsWith('.example'))).toBe(true);
  });
});

describe('seeded random numbers', () => {
  it('are the same for a seed, within their bounds, and of the right mean', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const [one, other] = [new SeededRandom(seed), new SeededRandom(seed)];
        const values = Array.from({ length: 500 }, () => one.next());
        expect(values).toEqual(values.map(() => other.next()));
        expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
      }),
    );
  });

  it('pick by weight', () => {
    const random = new SeededRandom('weights');
    const picked = Array.from({ length: 4_000 }, () =>
      random.pick([
        ['a', 3],
        ['b', 1],
        ['c', 0],
      ] as const),
    );
    expect(picked.filter((value) => value === 'a').length / 4_000).toBeCloseTo(0.75, 1);
    expect(picked).not.toContain('c');
  });

  it('make numbers of texts below a limit', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 62 ** 8 }), (text, limit) => {
        const value = numberOf(text, limit);
        expect(value).toBe(numberOf(text, limit));
        expect(value >= 0 && value < limit && Number.isInteger(value)).toBe(true);
      }),
    );
  });
});
