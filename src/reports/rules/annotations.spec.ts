import { describe, expect, it } from 'vitest';
import { toAnnotations } from './annotations.js';

const at = new Date('2026-11-23T10:00:00Z');
const later = new Date('2026-11-23T11:00:00Z');

describe('annotations', () => {
  it('are changes that move numbers, oldest first', () => {
    const changes = [
      { at: later, action: 'exchange-rates.loaded', objectId: 'wsp_1', before: null, after: { days: 1 } },
      { at: later, action: 'link.updated', objectId: 'lnk_1', before: { tags: [] }, after: { tags: ['a'] } },
      {
        at,
        action: 'link.updated',
        objectId: 'lnk_1',
        before: { url: 'a', notes: '' },
        after: { url: 'b', notes: 'x' },
      },
      { at, action: 'api-key.created', objectId: 'key_1', before: null, after: {} },
    ];
    expect(toAnnotations(changes)).toEqual([
      { at: at.toISOString(), kind: 'link_changed', objectId: 'lnk_1', fields: ['url'] },
      { at: later.toISOString(), kind: 'rates_loaded', objectId: 'wsp_1', fields: [] },
    ]);
  });

  it('are of the links that the report is about', () => {
    const changed = (objectId: string) => ({
      at,
      action: 'link.updated',
      objectId,
      before: { paused: false },
      after: { paused: true },
    });
    const found = toAnnotations([changed('lnk_1'), changed('lnk_2')], new Set(['lnk_2']));
    expect(found.map(({ objectId }) => objectId)).toEqual(['lnk_2']);
  });
});
