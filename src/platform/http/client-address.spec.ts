import { describe, expect, it } from 'vitest';
import { clientAddress, trustedProxies } from './client-address.js';

const none = trustedProxies([]);
const proxies = trustedProxies(['10.0.0.0/8', '2001:db8::1']);

describe('clientAddress', () => {
  it('believes nobody by default', () => {
    expect(clientAddress('10.0.0.1', '203.0.113.9', none)).toBe('10.0.0.1');
  });

  it('believes a trusted proxy, and only as far as trusted proxies go', () => {
    expect(clientAddress('10.0.0.1', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.2.2.2', proxies)).toBe('203.0.113.9');
    expect(clientAddress('198.51.100.1', '203.0.113.9', proxies)).toBe('198.51.100.1');
    expect(clientAddress('2001:db8::1', ['203.0.113.9'], proxies)).toBe('203.0.113.9');
  });

  it('understands mapped addresses and stops at rubbish', () => {
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
