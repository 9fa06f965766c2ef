import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { boundedError } from './bounded-error.js';
import { LimitedLog, limitedLog } from './limited-log.js';

interface Line {
  level: number;
  msg: string;
  slug?: string;
  suppressed?: number;
  err?: { message: string };
}

const setUp = (): { log: LimitedLog; lines: Line[]; clock: { now: number } } => {
  const lines: Line[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text) as Line) };
  const logger = pino({ base: null, serializers: { err: boundedError } }, stream);
  const clock = { now: 0 };
  return { log: new LimitedLog(logger, () => clock.now), lines, clock };
};

describe('S24 LimitedLog', () => {
  it('writes one line a second of each kind, and says how many it left out', () => {
    const { log, lines, clock } = setUp();
    for (let i = 0; i < 10_000; i++) {
      clock.now = i;
      log.error({ slug: `s${i}` }, 'one');
      if (i % 2 === 0) log.warn({ slug: `s${i}` }, 'two');
    }
    const one = lines.filter(({ msg }) => msg === 'one');
    expect(one).toHaveLength(10);
    expect(one.map(({ suppressed }) => suppressed)).toEqual([undefined, ...Array.from({ length: 9 }, () => 999)]);
    expect(lines.filter(({ msg }) => msg === 'two')).toHaveLength(10);
  });

  it('distinguishes errors by their origin, not by their message', () => {
    const { log, lines } = setUp();
    const here = (text: string): Error => new Error(text);
    const there = (text: string): Error => new TypeError(text);
    for (let i = 0; i < 10; i++) {
      log.error({ err: here(`here ${i}`) }, 'failed');
      log.error({ err: there(`there ${i}`) }, 'failed');
    }
    expect(lines.map(({ err }) => err?.message)).toEqual(['here 0', 'there 0']);
  });

  it('cuts texts', () => {
    const { log, lines } = setUp();
    log.error({ slug: 'x'.repeat(16_000) }, 'one');
    expect(lines[0]?.slug).toHaveLength(191);
  });

  it('keeps a bounded number of kinds', () => {
    const { log } = setUp();
    for (let i = 0; i < 10_000; i++) log.error({}, `kind ${i}`);
    expect((log as unknown as { kinds: { size: number } }).kinds.size).toBeLessThanOrEqual(500);
  });

  it('is shared by all that write to one logger', () => {
    const logger = pino({ level: 'silent' });
    expect(limitedLog(logger)).toBe(limitedLog(logger));
    expect(limitedLog(logger)).not.toBe(limitedLog(pino({ level: 'silent' })));
  });
});

describe('S24 an error in the log', () => {
  it('is cut, whatever it holds', () => {
    const error = Object.assign(new Error('m'.repeat(50_000)), {
      code: 11_000,
      note: 'n'.repeat(50_000),
      documents: Array.from({ length: 1_000 }, (_, i) => ({ i, text: 'd'.repeat(100) })),
      small: { a: 1 },
    });
    const logged = boundedError(error);
    expect(JSON.stringify(logged).length).toBeLessThan(9_000);
    expect(logged).toMatchObject({ type: 'Error', code: 11_000, small: { a: 1 } });
  });

  it('may be anything', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(boundedError('text')).toBe('text');
    expect(boundedError(Object.assign(new Error('x'), { loop }))).toMatchObject({ message: 'x' });
  });
});
