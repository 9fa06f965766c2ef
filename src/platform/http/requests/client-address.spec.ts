import { describe, expect, it } from 'vitest';
import { clientAddress, IgnoredForwarding, trustedProxies } from './client-address.js';

const none = trustedProxies([]);
const proxies = trustedProxies(['10.0.0.0/8', '2001:db8::1']);

describe('clientAddress', () => {
  it('trusts no proxy by default', () => {
    expect(clientAddress('10.0.0.1', '203.0.113.9', none)).toBe('10.0.0.1');
  });

  it('believes a trusted proxy, and only as far as trusted proxies go', () => {
    expect(clientAddress('10.0.0.1', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.2.2.2', proxies)).toBe('203.0.113.9');
    expect(clientAddress('198.51.100.1', '203.0.113.9', proxies)).toBe('198.51.100.1');
    expect(clientAddress('2001:db8::1', ['203.0.113.9'], proxies)).toBe('203.0.113.9');
  });

  it('understands mapped addresses and stops at invalid ones', () => {
    expect(clientAddress('::ffff:10.0.0.1', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', 'unknown', proxies)).toBe('10.0.0.1');
    expect(clientAddress(undefined, undefined, proxies)).toBe('');
    expect(clientAddress('10.0.0.1', '::FFFF:203.0.113.9', proxies)).toBe('203.0.113.9');
  });

  it.each([
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['1.1.1.1, 203.0.113.9:1, 10.2.2.2:2', '203.0.113.9'],
  ])('leaves the port away that a proxy has added: %s', (header, address) => {
    expect(clientAddress('10.0.0.1', header, proxies)).toBe(address);
  });

  it.each([
    '',
    ',',
    '1',
    '0x7f.1',
    '2130706433',
    '203.0.113.9:',
    '203.0.113.9:x',
    '[203.0.113.9',
    'a:1',
    '<b>',
    '::1]:5',
  ])('takes no other text for an address: %j', (header) => {
    expect(clientAddress('10.0.0.1', `198.51.100.7, ${header}`, proxies)).toBe('10.0.0.1');
  });
});

describe('S17 X-Forwarded-For from an address that is not trusted', () => {
  const noted = (...addresses: string[]): { told: string[]; address: string | undefined } => {
    const ignored = new IgnoredForwarding();
    const told: string[] = [];
    ignored.onFirst = (address) => told.push(address);
    for (const address of addresses) ignored.note(address);
    return { told, address: ignored.address };
  };

  it('is reported once', () => {
    const visitors = Array.from({ length: 1_000 }, (_, i) => `8.8.${i >> 8}.${i & 255}`);
    expect(noted(...visitors)).toEqual({ told: ['8.8.0.0'], address: '8.8.0.0' });
    expect(noted('10.0.0.1', '10.0.0.2', '8.8.8.8', '10.0.0.1')).toEqual({ told: ['10.0.0.1'], address: '10.0.0.1' });
  });

  it.each(['10.0.0.1', '172.17.0.1', '127.0.0.1', '::1', 'fd00::1'])(
    'is reported again when it is certainly a proxy, though another client has sent one before: %s',
    (proxy) => {
      expect(noted('8.8.8.8', '8.8.4.4', proxy, '8.8.8.8', '10.9.9.9')).toEqual({
        told: ['8.8.8.8', proxy],
        address: proxy,
      });
    },
  );
});

describe('S17 a long X-Forwarded-For', () => {
  it('is read from its end, a few hops of it', () => {
    expect(clientAddress('10.0.0.1', `${'10.0.0.2,'.repeat(1_900)}203.0.113.9`, proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', `203.0.113.9,${'10.0.0.2,'.repeat(18)}10.0.0.3`, proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', `203.0.113.9,${'10.0.0.2,'.repeat(1_900)}10.0.0.3`, proxies)).toBe('10.0.0.2');
  });

  it('with an endless zone names no address', () => {
    expect(clientAddress('10.0.0.1', `fe80::1%${'a'.repeat(10_000)}`, proxies)).toBe('10.0.0.1');
    expect(clientAddress('10.0.0.1', 'fe80::1%eth0', proxies)).toBe('fe80::1%eth0');
  });
});
