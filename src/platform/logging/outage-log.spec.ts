import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { OutageLog, outageLog } from './outage-log.js';

interface Line {
  level: number;
  msg: string;
  reason?: string;
  seconds?: number;
  err?: { stack: string };
}

function setUp(level: string) {
  const lines: Line[] = [];
  const logger = pino({ base: null, level }, { write: (text: string) => void lines.push(JSON.parse(text) as Line) });
  const clock = { now: 0 };
  const log = new OutageLog(logger, { begins: 'away', ends: 'back' }, () => clock.now);
  return { log, lines, clock };
}

describe('an outage in the log', () => {
  it('is one line when it begins and one when it ends, without a stack', () => {
    const { log, lines, clock } = setUp('info');
    log.noteSuccess();
    for (; clock.now < 60_000; clock.now += 10) log.noteFailure(new Error('refused\n    at somewhere'), { job: 'a' });
    clock.now += 10_000;
    for (let i = 0; i < 100; i++) log.noteSuccess();
    expect(lines.map(({ msg, reason, seconds }) => [msg, reason ?? seconds])).toEqual([
      ['away', 'refused'],
      ['back', 70],
    ]);
    expect(JSON.stringify(lines)).not.toContain(' at ');
  });

  it('is one outage while failures and successes alternate', () => {
    const { log, lines, clock } = setUp('info');
    for (; clock.now < 60_000; clock.now += 500) {
      log.noteFailure(new Error('refused'));
      log.noteSuccess();
    }
    expect(lines).toHaveLength(1);
  });

  it('has each failure with its stack at debug', () => {
    const { log, lines } = setUp('debug');
    for (let i = 0; i < 3; i++) log.noteFailure(new Error('refused'));
    expect(lines.filter(({ err }) => err?.stack.includes(' at '))).toHaveLength(3);
  });

  it('is shared by all parts of a process', () => {
    const logger = pino({ level: 'silent' });
    expect(outageLog(logger, 'Redis')).toBe(outageLog(logger, 'Redis'));
    expect(outageLog(logger, 'Redis')).not.toBe(outageLog(logger, 'MongoDB'));
  });
});
