import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../clicks/rules/click-query.js';
import { buildDestinationParts, FORWARD_QUERY, type ForwardQuery } from '../../links/rules/destination/destination.js';
import type { Macro } from '../../links/rules/destination/macros.js';
import { parseUrlTemplate } from '../../links/rules/destination/url-template.js';
import { type DestinationPart, destinationParts } from './destination-parts.js';

const CLICK_ID = '0000A3VkQ2mTc7hR4xWq9bLs1YdPf8Z';

interface Given {
  query?: string;
  clickIdParam?: string | null;
  forwardQuery?: ForwardQuery;
  values?: Record<string, string>;
}

function build(url: string, { query = '', clickIdParam = 'click_id', forwardQuery = 'fill', values = {} }: Given = {}) {
  const reading = parseUrlTemplate(url);
  if (!reading.ok) throw new Error(reading.message);
  const { template } = reading;
  const parameters = parseQuery(query);
  const valueOf = ({ name, argument }: Macro): string =>
    name === 'click_id'
      ? CLICK_ID
      : (values[name] ?? parameters.find((one) => one.name === (argument ?? name))?.value ?? '');
  const rules = { template, clickIdParam, forwardQuery };
  const location = buildDestinationParts(rules, { clickId: CLICK_ID, query: parameters, valueOf });
  if (location === undefined) throw new Error('too long');
  return { url: location.url, parts: destinationParts({ location, template, valueOf }) };
}

const brief = (parts: DestinationPart[]): unknown[] =>
  parts.map(({ kind, text, isEmpty, note }) => [kind, text, isEmpty, note]);

describe('destinationParts', () => {
  it('names the origin of every parameter', () => {
    const url = 'https://orchid.example/lp?btag=8841&stag={click_id}&src={sub1}&cr={sub2}&c={country}';
    const { parts } = build(url, { query: 'sub1=push-04', clickIdParam: 'stag', forwardQuery: 'none' });
    expect(brief(parts)).toEqual([
      ['fixed', 'https://orchid.example/lp', false, 'fixed'],
      ['fixed', '?btag=8841', false, 'fixed'],
      ['clickId', `&stag=${CLICK_ID}`, false, 'click id'],
      ['sub', '&src=push-04', false, 'sub1'],
      ['sub', '&cr=', true, 'empty: this visitor brings no sub2'],
      ['macro', '&c=', true, 'empty: the country of this visitor is not known'],
    ]);
    expect(parts[3]).toMatchObject({ name: 'src', value: 'push-04', macros: ['sub1'] });
  });

  it('tells an appended click id from one that fills an empty parameter', () => {
    expect(brief(build('https://a.example/', { clickIdParam: 'tid' }).parts)[1]).toEqual([
      'appended',
      `?tid=${CLICK_ID}`,
      false,
      'click id, appended by the link',
    ]);
    expect(build('https://a.example/?tid=', { clickIdParam: 'tid' }).parts[1]).toMatchObject({ kind: 'clickId' });
    expect(build('https://a.example/', { clickIdParam: null }).parts).toHaveLength(1);
  });

  it('shows what the visitor brings, added or in place of the own value', () => {
    const { parts } = build('https://a.example/?a=1&b=', { query: 'b=2&c=%20x', clickIdParam: null });
    expect(parts.map(({ kind, text, value }) => [kind, text, value])).toEqual([
      ['fixed', 'https://a.example/', 'https://a.example/'],
      ['fixed', '?a=1', '1'],
      ['forwarded', '&b=2', '2'],
      ['forwarded', '&c=%20x', ' x'],
    ]);
    const over = build('https://a.example/?a=1', { query: 'a=2', clickIdParam: null, forwardQuery: 'override' });
    expect(over.parts[1]).toMatchObject({
      kind: 'forwarded',
      note: "visitor's own query, in place of the link's value",
    });
  });

  it('knows macros in the address and the fragment, and several in one value', () => {
    const { parts } = build('https://a.example/{sub1}?x={sub1}-{sub2}#{query:k}', {
      query: 'sub1=p',
      clickIdParam: null,
      forwardQuery: 'none',
    });
    expect(brief(parts)).toEqual([
      ['sub', 'https://a.example/p', false, 'sub1'],
      ['sub', '?x=p-', false, 'sub1, empty: this visitor brings no sub2'],
      ['macro', '#', true, 'empty: this visitor brings no k'],
    ]);
  });

  it('gives texts that are the location together', () => {
    const names = fc.constantFrom('a', 'b', 'click_id', 'sub1', 'x y', '%C3%A4');
    const values = fc.constantFrom('', '1', '{sub1}', '{click_id}', '{country}-{sub2}', '%20');
    const pairs = fc.array(fc.tuple(names, values), { maxLength: 5 });
    const queryText = (list: [string, string][]): string =>
      list.map(([name, value]) => `${encodeURI(name)}=${value}`).join('&');
    const given = fc.record({
      own: pairs,
      visitors: fc.array(fc.tuple(names, fc.constantFrom('', '2', '%ff')), { maxLength: 5 }),
      clickIdParam: fc.constantFrom('click_id', 'a', null),
      forwardQuery: fc.constantFrom(...FORWARD_QUERY),
      fragment: fc.constantFrom('', '#', '#f', '#{sub1}'),
    });
    fc.assert(
      fc.property(given, ({ own, visitors, clickIdParam, forwardQuery, fragment }) => {
        const text = `https://a.example/{sub1}?${queryText(own)}${fragment}`;
        const { url, parts } = build(text, { query: queryText(visitors), clickIdParam, forwardQuery });
        expect(parts.map((part) => part.text).join('')).toBe(url);
        for (const { kind, macros } of parts) expect(kind !== 'fixed' || macros.length === 0).toBe(true);
      }),
    );
  });
});
