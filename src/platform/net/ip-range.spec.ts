import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIp } from './ip-address.js';
import { isInRange, parseIpRange } from './ip-range.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('ranges of addresses', () => {
  it('hold the addresses that Node says they hold', () => {
    const near = fc.tuple(fc.constantFrom('203.0.113.', '2001:db8::'), fc.integer({ min: 0, max: 9 }));
    const address = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      near.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 128 }), (one, base, anyBits) => {
        const family = isIPv4(base) ? 'ipv4' : 'ipv6';
        const bits = family === 'ipv4' ? anyBits % 33 : anyBits;
        const range = parseIpRange(`${base}/${bits}`);
        const parsed = parseIp(one);
        if (range === undefined || parsed === undefined || range.words.length !== (family === 'ipv4' ? 1 : 4)) return;
        const list = new BlockList();
        list.addSubnet(base, bits, family);
        const isSameFamily = parsed.words.length === range.words.length;
        const isIn = isSameFamily && list.check(parsed.text, isIPv4(parsed.text) ? 'ipv4' : 'ipv6');
        expect(isInRange(parsed, range), `${one} in ${base}/${bits}`).toBe(isIn);
      }),
      { numRuns },
    );
  });

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '::/129',
    '::ffff:10.0.0.0/95',
    '127.1',
  ])('does not take "%s"', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });
});
