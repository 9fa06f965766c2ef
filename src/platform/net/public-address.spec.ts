import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forbiddenRange, isPublicAddress } from './public-address.js';

const FORBIDDEN: [address: string, range: string][] = [
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['10.255.255.255', 'private'],
  ['100.64.0.1', 'carrier_nat'],
  ['100.127.255.255', 'carrier_nat'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'link_local'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.8', 'reserved'],
  ['192.0.2.1', 'documentation'],
  ['192.88.99.1', 'reserved'],
  ['192.168.0.1', 'private'],
  ['198.18.0.1', 'benchmarking'],
  ['198.19.255.255', 'benchmarking'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['168.63.129.16', 'cloud_internal'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::7f00:1', 'v4_compatible'],
  ['::a9fe:a9fe', 'v4_compatible'],
  ['::8.8.8.8', 'v4_compatible'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:a9fe', 'link_local'],
  ['::ffff:0:127.0.0.1', 'unallocated'],
  ['::5efe:127.0.0.1', 'isatap'],
  ['2606:4700::5efe:10.0.0.1', 'isatap'],
  ['2606:4700::200:5efe:a00:1', 'isatap'],
  ['64:ff9b::127.0.0.1', 'loopback'],
  ['64:ff9b::a9fe:a9fe', 'link_local'],
  ['64:ff9b:1::8.8.8.8', 'local_nat64'],
  ['100::1', 'discard'],
  ['2001::1', 'teredo'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'teredo'],
  ['2001:10::1', 'reserved'],
  ['2001:20::1', 'reserved'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::', '6to4'],
  ['2002:808:808::1', '6to4'],
  ['3fff::1', 'documentation'],
  ['4000::1', 'unallocated'],
  ['5f00::1', 'segment_routing'],
  ['e000::1', 'unallocated'],
  ['fc00::1', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fe80::1', 'link_local'],
  ['fe80::1%eth0', 'link_local'],
  ['2606:4700::1%eth0', 'link_local'],
  ['fec0::1', 'site_local'],
  ['ff02::1', 'multicast'],
  ['localhost', 'not_an_address'],
  ['', 'not_an_address'],
  ['127.1', 'not_an_address'],
  ['0x7f000001', 'not_an_address'],
  ['2130706433', 'not_an_address'],
  ['0177.0.0.1', 'not_an_address'],
  ['[::1]', 'not_an_address'],
  ['8.8.8.8:80', 'not_an_address'],
];

describe('isPublicAddress', () => {
  it.each(FORBIDDEN)('refuses %s: %s', (address, range) => {
    expect(forbiddenRange(address)).toBe(range);
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '168.63.129.15',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.167.255.255',
    '198.17.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '2001:4860:4860::8888',
    '2001:200::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('lets %s pass', (address) => {
    expect(forbiddenRange(address)).toBeUndefined();
    expect(isPublicAddress(address)).toBe(true);
  });

  it('says the same of an IPv4 address however it is wrapped into IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const plain = forbiddenRange(address);
        expect(forbiddenRange(`::ffff:${address}`)).toBe(plain);
        expect(forbiddenRange(`64:ff9b::${address}`)).toBe(plain);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never lets anything pass outside of 2000::/3 but wrapped IPv4', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const { hostname } = new URL(`http://[${address}]`);
        const isGlobal = /^\[[23][0-9a-f]{3}:/.test(hostname);
        const isWrapped = /^\[(?:::ffff|64:ff9b:):[0-9a-f:]+\]$/.test(hostname);
        if (!isGlobal && !isWrapped) expect(isPublicAddress(address)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
