import { expect, it } from 'vitest';
import { unmappedWords } from './unmapped-words';

it('names each unknown word once, from the hints of rejected rows', () => {
  const event = { reason: 'unmapped_event', hint: 'The event "dep 9" is not mapped: add it.' } as const;
  const status = { reason: 'unmapped_status', hint: 'The status "hold" is not mapped: add it.' } as const;
  const cut = { reason: 'unmapped_event', hint: 'The event "abc…" is not mapped: add it.' } as const;
  const other = { reason: 'invalid_amount', hint: 'The event "x" is not mapped' } as const;
  expect(unmappedWords([event, event, status, cut, other, { reason: 'unmapped_event', hint: null }])).toEqual([
    { kind: 'events', word: 'dep 9' },
    { kind: 'statuses', word: 'hold' },
  ]);
});
