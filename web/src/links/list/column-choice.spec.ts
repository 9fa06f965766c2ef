import { describe, expect, it } from 'vitest';
import { moveColumn, parseColumns, toggleColumn } from './column-choice';

describe('chosen columns', () => {
  it('are read from what the browser has stored', () => {
    expect(parseColumns(['ftds', 'state', 'ftds', 'gone', 7])).toEqual(['ftds', 'state']);
    expect(parseColumns(['gone'])).toBeUndefined();
    expect(parseColumns('ftds')).toBeUndefined();
  });

  it('are added at the end, and the last one stays', () => {
    expect(toggleColumn(['state'], 'ftds')).toEqual(['state', 'ftds']);
    expect(toggleColumn(['state', 'ftds'], 'state')).toEqual(['ftds']);
    expect(toggleColumn(['ftds'], 'ftds')).toEqual(['ftds']);
  });

  it('move by one place, within the table', () => {
    expect(moveColumn(['state', 'ftds', 'epc'], 'epc', -1)).toEqual(['state', 'epc', 'ftds']);
    expect(moveColumn(['state', 'ftds'], 'state', -1)).toEqual(['state', 'ftds']);
    expect(moveColumn(['state', 'ftds'], 'ftds', 1)).toEqual(['state', 'ftds']);
  });
});
