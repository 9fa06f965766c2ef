import { describe, expect, it } from 'vitest';
import { NO_SELECTION, toggleAll, toggleRange, toggleRow } from './selection';

const order = ['a', 'b', 'c', 'd', 'e'];

describe('a selection', () => {
  it('takes rows in and out', () => {
    const one = toggleRow(NO_SELECTION, 'b');
    expect(one).toEqual({ ids: new Set(['b']), anchor: 'b' });
    expect(toggleRow(one, 'b').ids.size).toBe(0);
  });

  it('takes ranges in both directions', () => {
    expect(toggleRange(toggleRow(NO_SELECTION, 'b'), 'd', order).ids).toEqual(new Set(['b', 'c', 'd']));
    expect(toggleRange(toggleRow(NO_SELECTION, 'd'), 'b', order).ids).toEqual(new Set(['b', 'c', 'd']));
    const all = toggleAll(NO_SELECTION, order);
    expect(toggleRange({ ...all, anchor: 'b' }, 'c', order).ids).toEqual(new Set(['a', 'd', 'e']));
  });

  it('takes one row if the beginning of the range is not shown', () => {
    expect(toggleRange(NO_SELECTION, 'c', order).ids).toEqual(new Set(['c']));
    expect(toggleRange({ ids: new Set(['x']), anchor: 'x' }, 'c', order).ids).toEqual(new Set(['x', 'c']));
  });

  it('takes all, then none', () => {
    const all = toggleAll(toggleRow(NO_SELECTION, 'a'), order);
    expect(all.ids.size).toBe(5);
    expect(toggleAll(all, order).ids.size).toBe(0);
  });
});
