import { describe, expect, it } from 'vitest';
import { colouredUrl } from './coloured-url';

const textOf = (url: string, params = {}): string =>
  colouredUrl(url, params)
    .map(({ text }) => text)
    .join('');
const kindsOf = (url: string, params: Record<string, string[]> = {}): (string | undefined)[] =>
  colouredUrl(url, params).flatMap(({ text, kind }) => (kind === undefined ? [] : [`${text} ${kind}`]));

describe('a postback URL', () => {
  it('has each value in the colour of its meaning', () => {
    const url =
      'https://go.brand.example/postback/k1?click_id={stag}&event=ftd&payout={amount}&currency={currency}&txid=#tid#&status=1';
    expect(kindsOf(url)).toEqual([
      '{stag} clickId',
      'ftd event',
      '{amount} money',
      '{currency} money',
      '#tid# transaction',
      '1 status',
    ]);
  });

  it('follows the names of the mapping', () => {
    expect(kindsOf('https://h.example/postback/k?stag={stag}&goal=2', { click_id: ['stag'], event: ['goal'] })).toEqual([
      '{stag} clickId',
      '2 event',
    ]);
  });

  it('leaves foreign parameters without a colour', () => {
    expect(kindsOf('https://h.example/postback/k?brand=7&sub2=x')).toEqual(['x sub']);
  });

  it.each([
    'https://h.example/postback/k',
    'https://h.example/postback/k?',
    'https://h.example/postback/k?a&b=&click_id=%zz&x=1=2',
    'https://h.example/postback/k?s2s.req_id={a&b}',
  ])('%s keeps its text', (url) => expect(textOf(url)).toBe(url));
});
