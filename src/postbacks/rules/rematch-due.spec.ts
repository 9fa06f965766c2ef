import { describe, expect, it } from 'vitest';
import { isDue, isHeld, isSettled, SETTLED_MS } from './rematch-due.js';

const T = Date.UTC(2026, 10, 22);
const at = (ms: number): Date => new Date(T + ms);

describe('what waits for a network', () => {
  const network = { createdAt: at(-1_000), dialectChangedAt: at(0) };

  it.each([
    ['there was no run yet', network, undefined, 1, true, false],
    ['nothing was changed since it was made', { createdAt: at(0), dialectChangedAt: at(0) }, undefined, 1, false, true],
    ['the last run was for an earlier change', network, { doneFor: at(-500), doneAt: at(-400) }, 1, true, false],
    ['it was just run', network, { doneFor: at(0), doneAt: at(10) }, SETTLED_MS - 1, false, false],
    [
      'others may have read it the old way after that',
      network,
      { doneFor: at(0), doneAt: at(10) },
      SETTLED_MS,
      true,
      false,
    ],
    ['it was run when all knew', network, { doneFor: at(0), doneAt: at(SETTLED_MS) }, 1e9, false, true],
  ])('%s', (_, of, run, now, due, settled) => {
    expect(isDue(of, run, T + now)).toBe(due);
    expect(isSettled(of, run)).toBe(settled);
  });
});

describe('a change that can be undone', () => {
  const hold = { dialectChangedAt: at(0), undoUntil: at(10_000) };

  it.each([
    ['holds its network until the time for the undo ends', at(0), hold, 9_999, true],
    ['holds it no longer then', at(0), hold, 10_000, false],
    ['does not hold a network that was changed since', at(1), hold, 1, false],
    ['is needed for a hold', at(0), undefined, 1, false],
  ])('%s', (_, dialectChangedAt, of, now, held) => {
    expect(isHeld({ dialectChangedAt }, of, T + now)).toBe(held);
  });
});
