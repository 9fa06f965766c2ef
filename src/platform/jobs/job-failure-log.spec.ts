import { describe, expect, it } from 'vitest';
import { DatabaseTimeout } from '../mongo/mongo-errors.js';
import { JobFailureLog } from './job-failure-log.js';

/** A log, and its lines as `level job text`. */
function logOf() {
  const lines: string[] = [];
  const write =
    (level: string) =>
    (fields: unknown, text?: string): void => {
      const job = typeof fields === 'object' ? `${(fields as { job: string }).job} ` : '';
      lines.push(`${level} ${job}${text ?? String(fields)}`);
    };
  const logger = { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
  return { lines, log: new JobFailureLog(logger as never) };
}

const job = (name: string) => ({ name, everyMs: 1_000 });

describe('the log of failing jobs', () => {
  it('has one line when a job begins to fail, and one when it works again', () => {
    const { log, lines } = logOf();
    log.noteSuccess(job('a'));
    for (let i = 0; i < 3; i++) log.noteFailure(job('a'), new Error('no'));
    for (let i = 0; i < 3; i++) log.noteSuccess(job('a'));
    log.noteFailure(job('a'), new Error('no'));
    const failed = 'warn a background job failed; it will be tried again until it works';
    expect(lines).toEqual([failed, 'info a background job works again', failed]);
  });

  it('has one line for all jobs that fail because MongoDB is away, and none of their own when they work again', () => {
    const { log, lines } = logOf();
    for (const name of ['a', 'b', 'a', 'c']) log.noteFailure(job(name), new DatabaseTimeout());
    for (const name of ['b', 'a', 'b', 'c', 'a']) log.noteSuccess(job(name));
    expect(lines.filter((line) => !line.startsWith('debug'))).toEqual([
      'error a MongoDB does not answer; known links redirect, background jobs wait, other requests are answered 503',
    ]);
  });

  it('does not warn of a last run without MongoDB', () => {
    const { log, lines } = logOf();
    log.noteShutdownFailure(job('a'), new DatabaseTimeout());
    log.noteShutdownFailure(job('a'), new Error('no'));
    expect(lines.map((line) => line.split(' ', 1)[0])).toEqual(['debug', 'warn']);
  });
});
