import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemException } from '../http/problems/problem.js';
import { dateOnly, parseEnd, parseStart } from './day-times.js';
import { isBackwards, resolveRange } from './time-range.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('K11 a date without a time', () => {
  it.each([
    ['2026-12-31', '2026-12-31'],
    ['2026/12/31', '2026-12-31'],
    ['20261231', '2026-12-31'],
    ['31 Dec 2026', '2026-12-31'],
    ['31.12.2026', '2026-12-31'],
    ['2026-12-31 12:00 AM', undefined],
    ['2026-12-31T00:00:00Z', undefined],
    ['2026-12-31 00:00', undefined],
    ['2026-12-31T00:00', undefined],
    ['1767225600', undefined], // midnight in Unix seconds
    ['1767225600000', undefined],
    ['2026-02-30', undefined],
    ['', undefined],
    ['now', undefined],
  ])('%j is the day %s', (text, day) => {
    expect(dateOnly(text)).toBe(day);
  });

  it('is the beginning of its day as a start, and what follows its day as an end', () => {
    expect(parseStart('2026-12-31', 'Asia/Kolkata')?.toISOString()).toBe('2026-12-30T18:30:00.000Z');
    expect(parseEnd('2026-12-31', 'Asia/Kolkata')?.toISOString()).toBe('2026-12-31T18:30:00.000Z');
    expect(parseEnd('2026-12-31T12:00:00Z', 'Asia/Kolkata')?.toISOString()).toBe('2026-12-31T12:00:00.000Z');
    expect(parseEnd('nonsense', 'UTC')).toBeUndefined();
  });
});

describe('K13 from and to', () => {
  it('a to without a time includes its day', () => {
    expect(resolveRange({ from: '2026-01-02', to: '2026-01-02' }, 'UTC')).toEqual({
      from: '2026-01-02T00:00:00.000Z',
      to: '2026-01-03T00:00:00.000Z',
    });
    expect(resolveRange({ to: '2026-01-02' }, 'America/New_York')).toEqual({ to: '2026-01-03T05:00:00.000Z' });
    expect(resolveRange({}, 'UTC')).toEqual({});
  });

  it.each<[from: string, to: string, timezone: string, isRefused: boolean, isRefusedUnseen: boolean]>([
    ['2026-02-01', '2026-01-01', 'UTC', true, true],
    ['2026-02-01', '2026-01-31', 'UTC', true, true],
    ['2026-02-01', '2026-01-31', 'Asia/Kolkata', true, true],
    ['2026-02-01T00:00:00Z', '2026-01-31', 'UTC', true, false],
    ['2026-02-01', '2026-02-01', 'UTC', false, false],
    ['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', 'UTC', false, false],
    ['2026-02-01T00:00:01Z', '2026-02-01T00:00:00Z', 'UTC', true, true],
    ['2026-02-01T00:00:00+02:00', '2026-01-31T21:00:00Z', 'UTC', true, true],
    // Whether these are in order is a question of the zone.
    ['2026-02-01T20:00:00Z', '2026-02-01', 'Asia/Kolkata', true, false],
    ['2026-02-01T20:00:00Z', '2026-02-01', 'UTC', false, false],
  ])('from %s to %s in %s: refused %s', (from, to, timezone, isRefused, isRefusedUnseen) => {
    const resolve = (): unknown => resolveRange({ from, to }, timezone);
    if (isRefused) expect(resolve).toThrow(ProblemException);
    else expect(resolve).not.toThrow();
    expect(isBackwards({ from, to })).toBe(isRefusedUnseen);
  });

  it('is refused unseen only where it is refused in every zone, and no text throws', () => {
    const zones = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Etc/GMT+12', 'Europe/Berlin', 'America/Sao_Paulo');
    const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2020-01-05'), noInvalidDate: true });
    const text = fc.oneof(
      date.map((at) => at.toISOString()),
      date.map((at) => at.toISOString().slice(0, 10)),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(text, text, zones, (from, to, timezone) => {
        let problem: unknown;
        try {
          resolveRange({ from, to }, timezone);
        } catch (error) {
          problem = error;
          expect(error).toBeInstanceOf(ProblemException);
        }
        if (isBackwards({ from, to })) expect(problem).toBeDefined();
      }),
      { numRuns },
    );
  });
});
