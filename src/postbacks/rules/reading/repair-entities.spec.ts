import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairQueryEntities } from './repair-entities.js';
import { repairForm } from './repair-form.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };

describe('K7 what a web page made of an ampersand', () => {
  it.each([
    ['a=1&amp;currency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1&amp;amp;currency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1&AMP;b=2&amp;c=3', 'a=1&b=2&c=3', '&'],
    ['a=1&amp%3Bcurrency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1&#38;currency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1&#038;currency=EUR&#x26;b=2', 'a=1&currency=EUR&b=2', '&'],
    ['amp;a=1&b=2', 'a=1&b=2', '&'],
    ['a=1%26amp;currency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1%26amp%3Bcurrency=EUR', 'a=1&currency=EUR', '&'],
    ['a=1¤cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1%C2%A4cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1%c2%a4cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1%A4cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1%C3%82%C2%A4cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1&curren;cy=EUR', 'a=1&currency=EUR', '&curren'],
    ['¤cy=EUR&a=1', 'currency=EUR&a=1', '&currency='],
    ['a=1&¤cy=EUR', 'a=1&currency=EUR', '&currency='],
    ['a=1®=2', 'a=1&reg=2', '&reg='],
    ['a=1%C2%AEistration_id=2', 'a=1&registration_id=2', '&registration_id='],
    ['a=1×tamp=1700000000', 'a=1&timestamp=1700000000', '&timestamp='],
    ['a=1%C3%97tamp=1700000000', 'a=1&timestamp=1700000000', '&timestamp='],
    ['a=1%C3%83%C2%97tamp=1700000000', 'a=1&timestamp=1700000000', '&timestamp='],
    ['a=%C3%82%C3%97tamp=1700000000', 'a=%C3%82&timestamp=1700000000', '&timestamp='], // the value is Â
    ['a=1%D7tamp=1700000000', 'a=1&timestamp=1700000000', '&timestamp='],
    ['a=1¬ify=1', 'a=1&notify=1', '&notify='],
    ['a=1§ion=x', 'a=1&section=x', '&section='],
    ['a=1¶m=x', 'a=1&param=x', '&param='],
    ['a=1©=x', 'a=1&copy=x', '&copy='],
    ['a=1¢er=x', 'a=1&center=x', '&center='],
    ['a=1%C2%B5site=x', 'a=1&microsite=x', '&microsite='],
    ['a=1&nbsp;b=2', 'a=1&b=2', '&'],
    ['a=1&lt;v=2', 'a=1&ltv=2', '&lt'],
    ['a=1<v=2', 'a=1&ltv=2', '&ltv='],
    ['a=1%3Cv=2', 'a=1&ltv=2', '&ltv='],
    ['a=1&;b=2', 'a=1&b=2', undefined],
    ['a=1¤cy=EUR¬e=x', 'a=1&currency=EUR&note=x', '&currency='],
  ])('%s is %s', (sent, text, meant) => {
    const result = repairQueryEntities(sent);
    expect(result.text).toBe(text);
    expect(result.repaired[0]?.meant).toBe(meant);
    expect(repairForm(sent).text).toBe(text);
  });

  it.each([
    'a=1&b=2',
    'amplitude=5&a=1',
    'price=5%C2%A4',
    'price=5%C2%A4&currency=EUR',
    'title=A%C2%AE%3DB',
    'name=%C3%A4cy=1', // ä, whose second byte is that of ¤
    'name=%E4%A4cy=1', // a letter of two bytes in some other character set
    'gr%C2%A7e=1', // within a name
    'a=b&c=%26amp%3Bd%3De', // encoded as it should be
    'a=b%26amp%3B',
    'a=Tom %26amp; Jerry',
  ])('%s is as it should be', (sent) => {
    expect(repairQueryEntities(sent)).toEqual({ text: sent, repaired: [] });
  });

  it('changes nothing in what a browser encoded, and finds it again when it was broken', () => {
    // `Â` before `%C2%AE` is taken for the first half of a sign that was encoded twice, so no value here ends with it.
    const value = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.endsWith('Â'));
    const name = fc.constantFrom('currency', 'registration', 'timestamp', 'notify', 'section', 'param', 'copy', 'a');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 6 }), (pairs) => {
        const whole = new URLSearchParams(pairs).toString();
        expect(repairQueryEntities(whole)).toEqual({ text: whole, repaired: [] });
        const broken = whole
          .replaceAll('&curren', '¤')
          .replaceAll('&reg', '%C2%AE')
          .replaceAll('&times', '%C3%97')
          .replaceAll('&not', '¬')
          .replaceAll('&sect', '%c2%a7')
          .replaceAll('&para', '¶')
          .replaceAll('&copy', '©');
        expect(repairQueryEntities(broken).text).toBe(whole);
        expect(repairQueryEntities(whole.replaceAll('&', '&amp;')).text).toBe(whole);
      }),
      RUNS,
    );
  });

  it('throws on nothing, and is done when it is done once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(typeof repairForm(text).text).toBe('string');
      }),
      RUNS,
    );
    const long = ['¤', '&amp;', '%C2%A4a', '=', 'a?b=', '%26a'].map((piece) => piece.repeat(10_000));
    for (const text of long) expect(repairForm(text).notices.length).toBeLessThan(20_000);
  });
});
