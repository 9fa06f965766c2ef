import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { boundedError } from './bounded-error.js';
import { prettyLine } from './pretty-line.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };

function logged(write: (logger: pino.Logger) => void, options = { hasStacks: false, hasColours: false }): string {
  let text = '';
  const stream = { write: (line: string) => void (text += prettyLine(line, options)) };
  write(
    pino(
      {
        base: null,
        level: 'trace',
        timestamp: () => `,"time":"2026-11-28T08:15:02.000"`,
        serializers: { err: boundedError },
      },
      stream,
    ),
  );
  return text;
}

describe('a log line for people', () => {
  it('has time, level, message and fields', () => {
    expect(logged((logger) => logger.warn({ job: 'links', retryInSeconds: 5, note: 'two words' }, 'job failed'))).toBe(
      '08:15:02 warn  job failed (job=links, retryInSeconds=5, note="two words")\n',
    );
    expect(logged((logger) => logger.info('ready'))).toBe('08:15:02 info  ready\n');
  });

  it('has the reason of an error, and its stack only where asked for', () => {
    const error = Object.assign(new Error('connect refused\nmore'), { code: 'E1' });
    expect(logged((logger) => logger.error({ err: error }, 'failed'))).toBe(
      '08:15:02 error failed: connect refused [E1]\n',
    );
    const withStack = logged((logger) => logger.error({ err: error }, 'failed'), {
      hasStacks: true,
      hasColours: false,
    });
    expect(withStack.split('\n').slice(1).join('\n')).toMatch(/^ {4}Error: connect refused/);
  });

  it('colours the level', () => {
    const text = logged((logger) => logger.error('failed'), { hasStacks: false, hasColours: true });
    expect(text).toBe('08:15:02 \u001b[31merror\u001b[39m failed\n');
  });

  it('is one line without control characters, whatever is logged', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    fc.assert(
      fc.property(text, text, text, (msg, message, value) => {
        const json = JSON.stringify({
          level: 50,
          time: '2026-11-28T08:15:02.000',
          msg,
          err: { message },
          value,
          list: [value],
        });
        const line = prettyLine(json, { hasStacks: false, hasColours: false });
        // eslint-disable-next-line no-control-regex
        expect(line).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u202e]*\n$/);
      }),
      RUNS,
    );
  }, 30_000);
});
