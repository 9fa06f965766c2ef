import { expect, it } from 'vitest';
import { colouredDestination } from './coloured-url';

it('click id and sub ids have their colours, and no character is lost', () => {
  const url = 'https://offer.example/lp?btag=88&stag=0000A3&src={sub1}&x#top';
  const parts = colouredDestination(url, 'stag');
  expect(parts.map(({ text }) => text).join('')).toBe(url);
  expect(parts.filter(({ kind }) => kind !== undefined)).toEqual([
    { text: '0000A3', kind: 'clickId' },
    { text: '{sub1}', kind: 'sub' },
  ]);
  expect(colouredDestination('https://a.example/?click_id={click_id}', null).at(-1)).toEqual({
    text: '{click_id}',
    kind: 'clickId',
  });
  expect(colouredDestination('tel:+15550100', null)).toEqual([{ text: 'tel:+15550100' }]);
});
