import { expect, it } from 'vitest';
import { parseUrl } from './parse-url.js';

it('takes names of any script for URLs, however often it was asked for others before', () => {
  for (let i = 0; i < 200_000; i++) parseUrl(`https://shop.example/?id=${i % 7}`);
  expect(parseUrl('https://аpple.com/')?.hostname).toBe('xn--pple-43d.com');
  expect(parseUrl('not a URL')).toBeUndefined();
  expect(parseUrl('/b', 'https://a.example/')?.href).toBe('https://a.example/b');
});
