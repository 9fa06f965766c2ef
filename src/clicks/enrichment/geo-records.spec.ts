import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asnFacts, cityFacts, saneText } from './geo-records.js';

describe('cityFacts', () => {
  it.each([
    [
      'MaxMind, DB-IP',
      {
        country: { iso_code: 'GB', names: { en: 'United Kingdom', de: 'Vereinigtes Königreich' } },
        subdivisions: [{ iso_code: 'ENG', names: { en: 'England' } }, { names: { en: 'Greater London' } }],
        city: { names: { en: 'London', fr: 'Londres' } },
      },
    ],
    ['ip-location-db', { country_code: 'GB', state1: 'England', state2: '', city: 'London', postcode: '' }],
    ['IPinfo', { country_code: 'GB', country: 'United Kingdom', region: 'England', city: 'London' }],
    ['IPinfo, older', { country: 'gb', region: 'England', city: ' London ' }],
  ])('reads records of %s', (_, record) => {
    expect(cityFacts(record)).toEqual({ country: 'GB', region: 'England', city: 'London' });
  });

  it.each([
    [{ country: { iso_code: 'DE' } }, { country: 'DE' }],
    [{ country_code: 'ZZ', city: '' }, {}],
    [{ country: 'Germany', city: 7 }, {}],
    [{ registered_country: { iso_code: 'DE' } }, {}],
    [null, {}],
  ])('takes from %j what it has', (record, facts) => {
    expect(cityFacts(record)).toEqual(facts);
  });
});

describe('asnFacts', () => {
  it.each([
    [{ autonomous_system_number: 15169, autonomous_system_organization: 'Google LLC' }],
    [{ asn: 'AS15169', as_name: 'Google LLC' }],
    [{ asn: 'AS15169', name: 'Google LLC', route: '8.8.8.0/24' }],
    [{ asn: 15169, as_name: 'Google LLC' }],
  ])('reads %j', (record) => {
    expect(asnFacts(record)).toEqual({ asn: 15169, asOrganization: 'Google LLC' });
  });

  it.each([
    [{ asn: 'ASX' }],
    [{ asn: 0 }],
    [{ asn: -1 }],
    [{ asn: 2 ** 32 }],
    [{ asn: 1.5 }],
    [{ name: 'x' }],
    [undefined],
  ])('has nothing from %j', (record) => {
    expect(asnFacts(record)).toEqual({});
  });
});

describe('any record', () => {
  it('gives sane values or none', () => {
    const scalar = fc.constantFrom(undefined, null, 0, -1, 7, 'AS7', 'ZZ', 'de', ' ', '', []);
    const names = fc.record({ iso_code: scalar, names: fc.oneof(scalar, fc.record({ en: scalar })) });
    const value = fc.oneof(scalar, names, fc.array(names, { maxLength: 2 }));
    const record = fc.record({ country: value, country_code: value, subdivisions: value, city: value, asn: value });
    fc.assert(
      fc.property(fc.oneof(record, fc.jsonValue()), (any) => {
        expect(cityFacts(any).country ?? 'AA').toMatch(/^[A-Z]{2}$/);
        expect(asnFacts(any).asn ?? 1).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', ' ', 'é', '🙂'), { maxLength: 150 }), (characters) => {
        const sane = saneText(characters.join('')) ?? 'x';
        expect(sane.length).toBeLessThanOrEqual(100);
        expect(sane).toBe(sane.trim());
        expect(sane).not.toBe('');
      }),
    );
  });

  it('keeps no half of a character', () => {
    expect(saneText(`${'x'.repeat(99)}🙂`)).toBe('x'.repeat(99));
  });
});
