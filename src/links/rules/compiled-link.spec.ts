import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CompiledLink, isSameRoute, type RoutedLink, routedLink } from './compiled-link.js';
import { buildDestination, FORWARD_QUERY } from './destination/destination.js';
import { parseUrlTemplate } from './destination/url-template.js';
import type { Link } from '../link.schema.js';

const CLICK_ID = '000001VbcDeFg0123abcdABCDEFGHIJ';

const linkTo = (url: string, fields: Partial<RoutedLink> = {}): RoutedLink => ({
  _id: 'lnk_1',
  workspaceId: trustedWorkspaceId('wsp_1'),
  number: 1,
  hostname: 'go.example',
  slug: 'a',
  url,
  campaign: null,
  clickIdParam: 'click_id',
  forwardQuery: 'fill',
  redirectStatus: 302,
  clickLimit: null,
  ...fields,
});

/** What the link's rules say, worked out for one click. */
const built = (link: RoutedLink, clickId: string): string => {
  const reading = parseUrlTemplate(link.url);
  if (!reading.ok) throw new Error(reading.message);
  const { clickIdParam, forwardQuery } = link;
  const destination = buildDestination(
    { template: reading.template, clickIdParam, forwardQuery },
    { clickId, query: [], valueOf: () => clickId },
  );
  return destination ?? 'too long';
};

describe('a compiled link', () => {
  it.each([
    ['https://s.example/', ['https://s.example/?click_id=', '']],
    ['https://s.example/?a=1#top', ['https://s.example/?a=1&click_id=', '#top']],
    ['https://s.example/?click_id=&a=1', ['https://s.example/?click_id=', '&a=1']],
    ['https://s.example/{click_id}?click_id=x', ['https://s.example/', '?click_id=x']],
    ['https://s.example/{click_id}{click_id}?click_id=x', ['https://s.example/', '', '?click_id=x']],
  ])('has %s in parts around the click id', (url, parts) => {
    expect(new CompiledLink(linkTo(url)).parts).toEqual(parts);
  });

  it('is one part when no click id is sent', () => {
    expect(new CompiledLink(linkTo('https://s.example/', { clickIdParam: null })).parts).toEqual([
      'https://s.example/',
    ]);
  });

  it.each(['?s={sub1}', '{slug}', '#{timestamp}', '?c={click_id}&q={query:a}', '?link={link_id}'])(
    'has no parts when a macro makes each click’s destination its own: %s',
    (rest) => {
      expect(new CompiledLink(linkTo(`https://s.example/${rest}`)).parts).toBeUndefined();
    },
  );

  it.each(['ClickIdStandsHere', 'ClickIdStandsHerex', 'xClickIdStandsHerexx'])(
    'is not confused by its own placeholder: %s',
    (mark) => {
      for (const fields of [{}, { clickIdParam: mark }, { clickIdParam: null }]) {
        for (const url of [`https://s.example/${mark}?${mark}=${mark}{click_id}#${mark}`, 'https://s.example/?a']) {
          const link = linkTo(url, fields);
          expect(new CompiledLink(link).parts?.join(CLICK_ID)).toBe(built(link, CLICK_ID));
        }
      }
    },
  );

  it('leads where its rules say, for any destination without macros of the visitor', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }).map(encodeURIComponent),
      fc.constantFrom('{click_id}', 'click_id=', 'ClickIdStandsHere', 'ClickIdStandsHer', '%43', '..', '/', 'a=1', ''),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    const text = (separator: string) => fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(separator));
    const url = fc
      .tuple(fc.constantFrom('https://s.example', 'HTTP://Shop.Example:8080', 'https://müller.example'), text('/'))
      .chain(([origin, path]) =>
        fc.tuple(fc.option(text('&')), fc.option(text(''))).map(([query, fragment]) => {
          const rest = `${query === null ? '' : `?${query}`}${fragment === null ? '' : `#${fragment}`}`;
          return `${origin}/${path}${rest}`;
        }),
      )
      .map(parseUrlTemplate)
      .filter((reading) => reading.ok)
      .map((reading) => reading.url);
    const rules = fc.record({
      clickIdParam: fc.option(fc.oneof(fc.constant('click_id'), fc.stringMatching(/^[\w.~-]{1,64}$/))),
      forwardQuery: fc.constantFrom(...FORWARD_QUERY),
    });
    fc.assert(
      fc.property(url, rules, (normalUrl, fields) => {
        const link = linkTo(normalUrl, fields);
        const { parts } = new CompiledLink(link);
        const location = parts?.join(CLICK_ID);
        expect(location).toBe(built(link, CLICK_ID));
        expect(location).toMatch(/^[\x21-\x7e]+$/); // it goes into a header as it is
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [5, true],
    [1, true],
    [null, false],
    [undefined, false],
  ])('has a limit when there is one: %s', (clickLimit, hasLimit) => {
    expect(new CompiledLink(linkTo('https://s.example/', { clickLimit })).hasLimit).toBe(hasLimit);
  });

  it('cannot be made of a destination that is not valid', () => {
    expect(() => new CompiledLink(linkTo('javascript:alert(1)'))).toThrow('lnk_1');
  });

  it('takes its destination apart as often as it is asked, with the same result', () => {
    for (const url of ['https://s.example/?a={sub1}', 'https://s.example/?a=1']) {
      const compiled = new CompiledLink(linkTo(url));
      expect(compiled.destination).toEqual(compiled.destination);
      expect(compiled.destination).toMatchObject({ clickIdParam: 'click_id', forwardQuery: 'fill' });
    }
  });
});

describe('routedLink', () => {
  it('keeps the fields that decide where clicks go, and no others', () => {
    const routed = linkTo('https://s.example/', { clickLimit: 3, campaign: 'c', options: undefined });
    const stored = { ...routed, paused: false, live: true, title: 'x', tags: ['y'] } as unknown as Link;
    expect(routedLink(stored)).toEqual(routed);
    expect(Object.keys(routedLink(stored)).sort()).toEqual(Object.keys(routed).sort());
  });

  it('keeps what most links do not have apart, so that those have nothing of it in memory', () => {
    const at = new Date('2026-12-01T00:00:00Z');
    const stored = { ...linkTo('https://s.example/'), paused: true, startsAt: at, expiresAt: null, rules: [] };
    const fallbackUrl = 'https://other.example/';
    const routed = routedLink({ ...stored, fallbackUrl } as unknown as Link);
    expect(routed.options).toEqual({ isPaused: true, startsAt: at.getTime(), fallbackUrl });
    expect(new CompiledLink(routed).isDirect).toBe(false);
    expect(isSameRoute(routed, structuredClone(routed))).toBe(true);
    expect(isSameRoute(routed, { ...routed, options: { fallbackUrl } })).toBe(false);
  });

  it('is plain where what it has is only a header of the answer', () => {
    const plain = { ...linkTo('https://s.example/'), noIndex: true, referrerPolicy: 'origin', title: 'T' };
    const routed = routedLink(plain as unknown as Link);
    expect(routed.options).toEqual({ noIndex: true, referrerPolicy: 'origin' });
    expect(new CompiledLink(routed).isDirect).toBe(true);
    expect(
      new CompiledLink({ ...routed, options: { ...routed.options, fallbackUrl: 'https://s.example/' } }).isDirect,
    ).toBe(false);
  });

  it('has its title where that is shown: when it is cloaked', () => {
    const stored = { ...linkTo('https://s.example/'), cloak: true, title: 'T' } as unknown as Link;
    expect(routedLink(stored).options).toEqual({ cloak: { title: 'T' } });
    expect(routedLink({ ...stored, title: null }).options).toEqual({ cloak: {} });
    expect(routedLink({ ...stored, cloak: false }).options).toBeUndefined();
    expect(new CompiledLink(routedLink(stored)).isDirect).toBe(false);
    expect(isSameRoute(routedLink(stored), routedLink({ ...stored, title: 'U' }))).toBe(false);
  });

  it.each([
    ['https://s.example/?a={sub1}&b={language}', true],
    ['https://s.example/?a={country}', false],
    ['https://s.example/{os}', false],
  ])('is plain when nothing need be looked up: %s', (url, isDirect) => {
    expect(new CompiledLink(linkTo(url)).isDirect).toBe(isDirect);
  });
});
