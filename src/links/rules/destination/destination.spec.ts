import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDestination, type ForwardedParameter, type ForwardQuery, MAX_LOCATION_LENGTH } from './destination.js';
import { decodePercent } from '../../../platform/urls/percent-text.js';
import type { Macro } from './macros.js';
import { parseUrlTemplate } from './url-template.js';

function template(url: string) {
  const reading = parseUrlTemplate(url);
  if (!reading.ok) throw new Error(`${url}: ${reading.message}`);
  return reading.template;
}

/** As it is read from a query; a name alone is sent without `=`. */
const brought = ([name, value]: readonly [string, string?]): ForwardedParameter => {
  const sent =
    value === undefined ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  return { name, value: value ?? '', sent };
};

function destination(
  url: string,
  options: {
    query?: [string, string?][];
    values?: Record<string, string>;
    clickIdParam?: string | null;
    forwardQuery?: ForwardQuery;
  } = {},
): string {
  const { query = [], values = {}, clickIdParam = 'click_id', forwardQuery = 'fill' } = options;
  const built = buildDestination(
    { template: template(url), clickIdParam, forwardQuery },
    {
      clickId: 'K1',
      query: query.map(brought),
      valueOf: ({ name, argument }: Macro) => (name === 'click_id' ? 'K1' : (values[argument ?? name] ?? '')),
    },
  );
  return built ?? 'too long';
}

describe('parseUrlTemplate', () => {
  it('gives back the normal form with its macros', () => {
    expect(parseUrlTemplate('HTTPS://Shop.Example/a/{slug}?b={query:utm_term}#{sub1}')).toMatchObject({
      ok: true,
      url: 'https://shop.example/a/{slug}?b={query:utm_term}#{sub1}',
    });
  });

  it.each([
    ['not a url', 'bad_character'],
    ['shop.example', 'is_url'],
    ['javascript:alert(1)', 'scheme'],
    ['ftp://shop.example/', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['https://user:pass@shop.example/', 'credentials'],
    ['https://{sub1}/', 'macro_place'],
    ['https://shop.example:{sub1}/', 'is_url'],
    ['https://{sub1}.shop.example/', 'macro_place'],
    ['https://shop.example/?{sub1}=1', 'macro_place'],
    ['https://shop.example/?a={nope}', 'unknown_macro'],
    ['https://shop.example/?a={raw:sub1}', 'unknown_macro'],
    ['https://shop.example/?a={sub11}', 'unknown_macro'],
    ['https://shop.example/?a={sub1', 'malformed_macro'],
    ['java\nscript:alert(1)', 'bad_character'],
    [`https://shop.example/${'x'.repeat(2_100)}`, 'too_long'],
  ])('refuses %j with %s', (url, code) => {
    expect(parseUrlTemplate(url)).toMatchObject({ ok: false, code });
  });
});

describe('buildDestination', () => {
  it('appends the click id', () => {
    expect(destination('https://shop.example')).toBe('https://shop.example/?click_id=K1');
    expect(destination('https://shop.example/a?b=1#top')).toBe('https://shop.example/a?b=1&click_id=K1#top');
    expect(destination('https://shop.example/', { clickIdParam: null })).toBe('https://shop.example/');
  });

  it('fills an empty click id parameter in its place, and leaves one that the template fills', () => {
    expect(destination('https://shop.example/?click_id=&b=1')).toBe('https://shop.example/?click_id=K1&b=1');
    expect(destination('https://shop.example/?click_id=X{click_id}')).toBe('https://shop.example/?click_id=XK1');
  });

  it('never lets the visitor choose the click id', () => {
    for (const forwardQuery of ['fill', 'override', 'none'] as const) {
      expect(destination('https://shop.example/', { query: [['click_id', 'FORGED']], forwardQuery })).toBe(
        'https://shop.example/?click_id=K1',
      );
    }
  });

  it('fills, overrides or drops the visitor’s query', () => {
    const query: [string, string][] = [
      ['a', 'visitor'],
      ['b', 'visitor'],
      ['c', 'visitor'],
    ];
    const url = 'https://shop.example/?a=ours&b=';
    const options = { query, clickIdParam: null };
    expect(destination(url, options)).toBe('https://shop.example/?a=ours&b=visitor&c=visitor');
    expect(destination(url, { ...options, forwardQuery: 'override' })).toBe(
      'https://shop.example/?a=visitor&b=visitor&c=visitor',
    );
    expect(destination(url, { ...options, forwardQuery: 'none' })).toBe('https://shop.example/?a=ours&b=');
  });

  it('encodes what it fills in; a macro without a value becomes empty', () => {
    const values = { sub1: 'a&b=c#d/e?f', utm_term: 'x y' };
    expect(
      destination('https://shop.example/{sub1}?s={sub2}&t={query:utm_term}#{sub1}', { values, clickIdParam: null }),
    ).toBe('https://shop.example/a%26b%3Dc%23d%2Fe%3Ff?s=&t=x%20y#a%26b%3Dc%23d%2Fe%3Ff');
  });

  it('keeps bare names, drops empty pairs, and keeps what the visitor repeats', () => {
    const options = {
      clickIdParam: null,
      query: [
        ['tag', 'a'],
        ['tag', 'b'],
      ] as [string, string][],
    };
    expect(destination('https://shop.example/?token&a=1&&b=2&', options)).toBe(
      'https://shop.example/?token&a=1&b=2&tag=a&tag=b',
    );
    const both = 'https://shop.example/?tag=a&tag=b';
    expect(destination('https://shop.example/?tag=', options)).toBe(both);
    expect(destination('https://shop.example/?tag=x', { ...options, forwardQuery: 'override' })).toBe(both);
  });

  it('lets the visitor’s value stand for all of ours that have its name', () => {
    const options = { clickIdParam: null, query: [['a', '9']] as [string, string][] };
    const url = 'https://shop.example/?a=1&b=2&a=3';
    expect(destination(url, { ...options, forwardQuery: 'override' })).toBe('https://shop.example/?a=9&b=2');
    expect(destination(url, options)).toBe(url);
    expect(destination('https://shop.example/?a=&a=', options)).toBe('https://shop.example/?a=9&a=');
    expect(destination('https://shop.example/?a={click_id}&a=1', { ...options, forwardQuery: 'override' })).toBe(
      'https://shop.example/?a=K1&a=9',
    );
  });

  const many = (...pairs: [string, string?][]) => ({ clickIdParam: null, query: pairs });
  it.each([
    ['override', '?a[]=x&b=1', 'a%5B%5D=1&a%5B%5D=2&b=1'],
    ['override', '?b=1&a[]=x&c=2&a[]=y', 'b=1&a%5B%5D=1&a%5B%5D=2&c=2'],
    ['override', '?b=1', 'b=1&a%5B%5D=1&a%5B%5D=2'],
    ['override', '?a[]={click_id}&a[]=x', 'a[]=K1&a%5B%5D=1&a%5B%5D=2'],
    ['fill', '?a[]=&b=1', 'a%5B%5D=1&a%5B%5D=2&b=1'],
    ['fill', '?a[]=x&b=1', 'a[]=x&b=1'],
    ['fill', '?a[]=&b=1&a[]=', 'a%5B%5D=1&b=1&a%5B%5D=2'],
    ['fill', '?a[]=x&a[]=', 'a[]=x&a%5B%5D=1&a%5B%5D=2'],
    ['none', '?a[]=', 'a[]='],
  ] as const)('K14 keeps all values of a name that the visitor repeats: %s %s', (forwardQuery, query, expected) => {
    const options = { ...many(['a[]', '1'], ['a[]', '2']), forwardQuery };
    expect(destination(`https://shop.example/${query}`, options)).toBe(`https://shop.example/?${expected}`);
  });

  it('K14 brings all that the visitor sent under names that are the visitor’s to choose, in its order', () => {
    const name = fc.constantFrom('a', 'b[]', 'c', 'é');
    const value = fc.string({ unit: 'grapheme', maxLength: 4 });
    const pair = fc.tuple(name, fc.option(value, { nil: undefined, freq: 5 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 8 }), (query) => {
        const sentAs = (wanted: string): string[] =>
          query.flatMap(([one, text = '']) => (one === wanted ? [text] : []));
        const arrives = (url: string, forwardQuery: ForwardQuery) =>
          new URL(destination(url, { query, forwardQuery })).searchParams;
        const over = arrives('https://shop.example/?a=1&x=2&b[]=&a=3', 'override');
        const fill = arrives('https://shop.example/?a=1&x=2&b[]=', 'fill');
        for (const each of ['a', 'b[]', 'c', 'é']) {
          const sent = sentAs(each);
          const own = { a: ['1', '3'], 'b[]': [''] }[each] ?? [];
          expect(over.getAll(each)).toEqual(sent.length > 0 ? sent : own);
        }
        expect(fill.getAll('a')).toEqual(['1']);
        const filled = sentAs('b[]').filter((text) => text !== '');
        expect(fill.getAll('b[]')).toEqual(filled.length > 0 ? filled : ['']);
        expect(fill.getAll('c')).toEqual(sentAs('c'));
        expect([fill.get('x'), over.get('x'), over.getAll('click_id')]).toEqual(['2', '2', ['K1']]);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) },
    );
  });

  it('K14 keeps a bare name bare, and an empty value empty', () => {
    const url = 'https://shop.example/';
    expect(destination(url, many(['debug']))).toBe(`${url}?debug`);
    expect(destination(url, many(['debug', '']))).toBe(`${url}?debug=`);
    const override = { ...many(['debug']), forwardQuery: 'override' } as const;
    expect(destination(`${url}?debug=1`, override)).toBe(`${url}?debug`);
    expect(destination(`${url}?debug=`, many(['debug']))).toBe(`${url}?debug=`);
    expect(destination(`${url}?a=`, many(['a', ''], ['a', '1']))).toBe(`${url}?a=1`);
  });

  it('K7 fills a macro with the bytes that the visitor sent, though they are not UTF-8', () => {
    const values = { sub1: decodePercent('%CF%F0 %25é/') };
    const url = 'https://shop.example/p/{sub1}?s={sub1}#{sub1}';
    const bytes = '%CF%F0%20%25%E9%2F';
    expect(destination(url, { values, clickIdParam: null })).toBe(
      `https://shop.example/p/${bytes}?s=${bytes}#${bytes}`,
    );
  });

  it('K7 keeps the bytes of what a * stands for', () => {
    const rules = { template: template('https://shop.example/$1'), clickIdParam: null, forwardQuery: 'none' } as const;
    const wildcardPath = decodePercent('%CF%F0/%C3%A9');
    const built = buildDestination(rules, { clickId: 'K1', query: [], valueOf: () => '', wildcardPath });
    expect(built).toBe('https://shop.example/%CF%F0/%C3%A9');
  });

  it('does not let a value move the path', () => {
    for (const sub1 of ['..', '.']) {
      expect(destination('https://shop.example/a/{sub1}/b', { values: { sub1 }, clickIdParam: null })).toBe(
        'https://shop.example/a//b',
      );
    }
    for (const sub1 of ['', '.']) {
      expect(destination('https://shop.example/a/%2E{sub1}/b', { values: { sub1 }, clickIdParam: null })).toBe(
        'https://shop.example/a//b',
      );
    }
    expect(destination('https://shop.example/a/x{sub1}', { values: { sub1: '..' }, clickIdParam: null })).toBe(
      'https://shop.example/a/x..',
    );
  });

  it.each([
    ['myapp:/{sub1}/{sub2}', 'myapp:/evil.example'],
    ['myapp:/$1', 'myapp:/evil.example/x'],
    ['myapp:$1', 'myapp:/evil.example/x'],
    ['myapp://host/$1', 'myapp://host///evil.example/x'],
  ])('gives an address of an app no host: %s', (url, expected) => {
    const values: Record<string, string> = { sub2: 'evil.example' };
    const valueOf = ({ name }: Macro): string => values[name] ?? '';
    const rules = { template: template(url), clickIdParam: null, forwardQuery: 'none' } as const;
    expect(buildDestination(rules, { clickId: 'K1', query: [], valueOf, wildcardPath: '//evil.example/x' })).toBe(
      expected,
    );
  });

  it('never changes scheme or host, whatever comes in, and is always a valid header value', () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 5 }), anyText, (query, value) => {
        const built = destination('https://shop.example/p/{sub1}?a={sub1}#{sub1}', {
          query: query as [string, string][],
          values: { sub1: value },
          forwardQuery: 'override',
        });
        const url = new URL(built);
        expect(url.origin).toBe('https://shop.example');
        expect(url.searchParams.get('click_id')).toBe('K1');
        expect(built).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});

describe('S4 how long a destination can get', () => {
  const many = `https://x.example/?a=${'{sub1}'.repeat(337)}`;

  it('S4 a few hundred macros are filled only as far as there is room', () => {
    let filled = 0;
    const rules = { template: template(many), clickIdParam: 'click_id', forwardQuery: 'fill' as const };
    const valueOf = () => {
      filled++;
      return '<'.repeat(1_024);
    };
    expect(buildDestination(rules, { clickId: 'K1', query: [], valueOf })).toBeUndefined();
    expect(filled).toBeLessThanOrEqual(4);
  });

  it.each([
    ['path', 'https://x.example/{sub1}{sub1}{sub1}'],
    ['fragment', 'https://x.example/#{sub1}{sub1}{sub1}'],
    ['value', 'https://x.example/?a={sub1}&b={sub1}&c={sub1}'],
  ])('S4 counts what is in the %s', (_, url) => {
    expect(destination(url, { values: { sub1: 'x'.repeat(100) } })).not.toBe('too long');
    expect(destination(url, { values: { sub1: '<'.repeat(1_024) } })).toBe('too long');
  });

  it('S4 counts what the wildcard stands for', () => {
    const rules = { template: template(`https://x.example/${'$1/'.repeat(300)}`), clickIdParam: null };
    const input = { clickId: 'K1', query: [], valueOf: () => '' };
    const build = (wildcardPath: string) =>
      buildDestination({ ...rules, forwardQuery: 'none' }, { ...input, wildcardPath });
    expect(build('a')).toHaveLength('https://x.example/'.length + 600);
    expect(build('a'.repeat(15_000))).toBeUndefined();
  });

  it('S4 counts what the visitor brings', () => {
    const query: [string, string][] = Array.from({ length: 200 }, (_, i) => [`p${i}`, 'x'.repeat(50)]);
    expect(destination('https://x.example/', { query })).toBe('too long');
    expect(destination('https://x.example/', { query, forwardQuery: 'none' })).toBe('https://x.example/?click_id=K1');
  });

  it('S4 is never longer than said, whatever comes together', () => {
    const value = fc.string({ unit: 'binary', maxLength: 2_000 });
    const query = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), value), { maxLength: 10 });
    const modes = fc.constantFrom<ForwardQuery>('fill', 'override', 'none');
    const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '');
    fc.assert(
      fc.property(value, query, modes, (sub1, pairs, forwardQuery) => {
        const url = 'https://x.example/{sub1}?a={sub1}&b=&c={sub1}#{sub1}';
        const sent = pairs.map(([name, text]): [string, string] => [name, wellFormed(text)]);
        const built = destination(url, { query: sent, values: { sub1: wellFormed(sub1) }, forwardQuery });
        expect(built.length).toBeLessThanOrEqual(MAX_LOCATION_LENGTH);
      }),
    );
  });
});
