import { expect, it } from 'vitest';
import { rawRequest, requestParts, shortClickId } from './request-parts';

it('colours each value by its meaning, and shortens the click id', () => {
  const parts = requestParts([
    { name: 'stag', value: '0000A3VkQ2mTc7hR4xWq9bLs1YdPf8Z', as: 'click_id', state: 'taken' },
    { name: 'amount', value: '77.50', as: 'payout', state: 'taken' },
    { name: 's', value: 'fb', as: 'sub1', state: 'taken' },
    { name: 'when', value: '1', as: 'time', state: 'taken' },
    { name: 'x', value: '{x}', as: null, state: 'unfilled' },
    { name: 'y', value: '1', as: null, state: 'ignored' },
  ]);
  expect(parts.map(({ text }) => text).join('')).toBe('?stag=0000A3…f8Z&amount=77.50&s=fb&when=1&x={x}&y=1');
  expect(parts.filter((_, index) => index % 2 === 1).map(({ kind }) => kind)).toEqual([
    'clickId',
    'money',
    'sub',
    undefined,
    'unfilled',
    'ignored',
  ]);
});

it('keeps short ids, and shows a request without known parameters as it was sent', () => {
  expect(shortClickId('0000A3f8Z')).toBe('0000A3f8Z');
  expect(rawRequest({ query: 'a=1', body: '' })).toBe('?a=1');
  expect(rawRequest({ query: '', body: '{"a":1}' })).toBe('{"a":1}');
});
