import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventFilter, matchesFilter, parseEventFilter } from './event-filter.js';
import type { EventFacets } from './live-event.js';
import type { LiveEventType } from './live-event-types.js';

const runs = Number(process.env['PROPERTY_RUNS'] ?? 500);
const NO_FACETS: EventFacets = { link: null, network: null, country: null, subs: {} };

function filterOf(parameters: Record<string, string>): EventFilter {
  const reading = parseEventFilter(parameters);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.filter;
}

const matches = (parameters: Record<string, string>, facets: Partial<EventFacets>, type: LiveEventType = 'click') =>
  matchesFilter(filterOf(parameters), { type, facets: { ...NO_FACETS, ...facets } });

describe('a filter of live events', () => {
  it('takes all without parameters', () => {
    expect(matches({}, {})).toBe(true);
    expect(matches({}, {}, 'conversion')).toBe(true);
  });

  it('selects types', () => {
    expect(matches({ types: 'postback,conversion' }, {})).toBe(false);
    expect(matches({ types: 'postback,conversion' }, {}, 'postback')).toBe(true);
  });

  it.each<[Record<string, string>, Partial<EventFacets>, boolean]>([
    [{ link: 'lnk_1,lnk_2' }, { link: 'lnk_2' }, true],
    [{ link: 'lnk_1' }, { link: 'lnk_2' }, false],
    [{ link: 'lnk_1', country: 'DE' }, { link: 'lnk_1' }, false],
    [{ link: 'lnk_1', country: 'de' }, { link: 'lnk_1', country: 'DE' }, true],
    [{ network: 'net_1' }, {}, false],
    [{ sub1: String.raw`a\,b` }, { subs: { sub1: 'a,b' } }, true],
    [{ sub1: 'a,b' }, { subs: { sub1: 'a,b' } }, false],
    [{ sub1: 'a' }, { subs: { sub2: 'a' } }, false],
  ])('%j of %j is %j', (parameters, facets, expected) => {
    expect(matches(parameters, facets)).toBe(expected);
  });

  it('takes any text as a value, when its commas and backslashes are escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), fc.nat(), (values, at) => {
        const sub10 = values.map((value) => value.replaceAll(/[\\,]/g, String.raw`\$&`)).join(',');
        expect(matches({ sub10 }, { subs: { sub10: values[at % values.length] ?? '' } })).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it('reports every bad parameter', () => {
    const reading = parseEventFilter({ types: 'click,visit', link: '', sub3: 'x,'.repeat(201) });
    expect(reading.ok ? [] : reading.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'types unknown_type',
      'link empty',
      'sub3 too_many',
    ]);
  });
});
