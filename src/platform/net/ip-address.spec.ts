import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { canonicalIp, parseIp } from './ip-address.js';

/** What another implementation reads. */
function words(text: string): number[] {
  const bytes = Buffer.from(ipaddr.process(text).toByteArray()); // takes an IPv4-mapped one for IPv4
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32BE(i * 4));
}

describe('parseIp', () => {
  it('agrees with others on addresses', () => {
    const v6 = fc.ipV6().filter((text) => !text.includes('.')); // of `::1.2.3.4` ipaddr.js makes an IPv4 address
    const mapped = fc.ipV4().map((v4) => `::ffff:${v4}`);
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), v6, mapped), (text) => {
        expect(parseIp(text)?.words).toEqual(words(text));
      }),
      { numRuns: 300 },
    );
  });

  it('reads an IPv6 address that ends in dots', () => {
    expect(parseIp('64:ff9b::8.8.4.4')?.words).toEqual([0x0064ff9b, 0, 0, 0x08080404]);
    expect(parseIp('::1.2.3.4')?.words).toEqual([0, 0, 0, 0x01020304]);
  });

  it('agrees with Node on what is none', () => {
    const near = fc.array(fc.constantFrom(':', '::', '.', '0', '1', '255', '256', 'f', 'ffff', '10000', 'g', ' '), {
      maxLength: 16,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          near.map((parts) => parts.join('')),
        ),
        (text) => {
          expect(parseIp(text) !== undefined).toBe(isIPv4(text) || isIPv6(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each(['::ffff:81.2.69.142', '::ffff:5102:458e', '0:0:0:0:0:FFFF:5102:458E', '81.2.69.142'])(
    'takes %s for IPv4',
    (text) => {
      expect(parseIp(text)).toEqual({ words: [0x5102458e], text: '81.2.69.142' });
    },
  );

  it.each(['', 'localhost', '1.2.3', '01.2.3.4', '1.2.3.4:80', '[::1]', 'fe80::1%eth0', '１.2.3.4', '1.2.3.4 '])(
    'does not take "%s"',
    (text) => {
      expect(parseIp(text)).toBeUndefined();
    },
  );
});

describe('canonicalIp', () => {
  it.each([
    ['2001:0DB8:0:0::1', '2001:db8::1'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['::8.8.8.8', '::808:808'],
    ['203.0.113.9', '203.0.113.9'],
    ['go.example', 'go.example'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical);
  });
});
