import { expect, it } from 'vitest';
import { fromLocalTime } from './local-time';

it.each([
  ['2026-11-27T13:58', 'Europe/Malta', '2026-11-27T12:58:00.000Z'],
  ['2026-07-01T00:30', 'Europe/Malta', '2026-06-30T22:30:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Malta', '2026-03-29T01:30:00.000Z'], // just after the clocks went forward
  ['2026-03-29T01:30', 'Europe/Malta', '2026-03-29T00:30:00.000Z'], // just before
  ['2026-11-27T13:58', 'Asia/Kolkata', '2026-11-27T08:28:00.000Z'],
  ['2026-11-27T13:58', 'America/St_Johns', '2026-11-27T17:28:00.000Z'],
  ['2026-11-27T13:58:20', 'UTC', '2026-11-27T13:58:20.000Z'],
])('%s in %s is %s', (text, zone, at) => expect(fromLocalTime(text, zone)).toBe(at));

it('is nothing for what is no time', () => expect(fromLocalTime('soon', 'UTC')).toBeUndefined());
