import { expect, it } from 'vitest';
import { destinationHostOf } from './destination-host.js';

it.each([
  ['https://Shop.example/lp?a={sub1}', 'shop.example'],
  ['http://shop.example:8080', 'shop.example'],
  ['https://user@shop.example/', 'shop.example'],
  ['https://{sub1}.shop.example/', null],
  ['myapp://open', null],
  ['mailto:a@b.example', null],
])('the host of %s is %s', (template, host) => {
  expect(destinationHostOf(template)).toBe(host);
});
