import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../api/client';
import { EMPTY_DRAFT, newCondition, newRule, newVariant } from './draft';
import { changedLinkFields, isChanged, toCopy, toCreateFields, toDraft, toFields, toPatchFields } from './draft-fields';

type Link = Schema<'LinkResponse'>;

const url = fc.webUrl({ withQueryParameters: true });
const word = fc.stringMatching(/^[a-zA-Z][\w. -]{0,20}[a-z]$/);
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const goal = fc.constantFrom('registration' as const, 'ftd' as const, 'approved' as const);

const variant = fc.record({
  name: word,
  url,
  weight: fc.integer({ min: 0, max: 10_000 }),
  dailyCap: orNull(
    fc.record({
      goal,
      conversions: fc.integer({ min: 1, max: 1_000_000 }),
      timezone: fc.constantFrom('UTC', 'Europe/Malta'),
    }),
  ),
});
const condition = fc.record({
  field: fc.constantFrom('country', 'city', 'hour', 'query:utm_source', 'sub3'),
  op: fc.constantFrom('in' as const, 'notIn' as const),
  values: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 5 }),
  timezone: orNull(fc.constant('Europe/Malta')),
});
const rule = fc.record({
  name: word,
  when: fc.array(condition, { minLength: 1, maxLength: 3 }),
  url: orNull(url),
  variants: orNull(fc.array(variant, { minLength: 1, maxLength: 3 })),
});

/** The fields of a link that the builder changes. */
const writable = fc.record({
  url,
  domain: fc.domain(),
  slug: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  externalId: orNull(fc.stringMatching(/^[\w.:-]{1,40}$/)),
  title: orNull(word),
  tags: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 4 }),
  notes: orNull(word),
  campaign: orNull(word),
  networkId: orNull(fc.constant('net_0V4rQ2pK3mXa81Qd7ZsT')),
  clickIdParam: orNull(fc.stringMatching(/^[a-z_]{1,12}$/)),
  forwardQuery: fc.constantFrom('fill' as const, 'override' as const, 'none' as const),
  redirectStatus: fc.constantFrom(301 as const, 302 as const, 303 as const, 307 as const, 308 as const),
  clickLimit: orNull(fc.integer({ min: 1, max: 1_000_000_000 })),
  startsAt: orNull(time),
  expiresAt: orNull(time),
  expiredUrl: orNull(url),
  fallbackUrl: orNull(url),
  cloak: fc.boolean(),
  sourceId: orNull(word),
  noIndex: orNull(fc.boolean()),
  referrerPolicy: orNull(fc.constantFrom('no-referrer' as const, 'unsafe-url' as const)),
  cost: orNull(
    fc.record({ amount: fc.constantFrom('0.05', '12', '0.0001'), currency: fc.constantFrom('EUR', 'USDT') }),
  ),
  preview: orNull(fc.record({ title: word, description: orNull(word), image: orNull(url) })),
  rules: fc.array(rule, { maxLength: 3 }),
  variants: fc.array(variant, { maxLength: 3 }),
  rotation: orNull(
    fc.record({
      mode: fc.constantFrom('weighted' as const, 'optimised' as const),
      goal: fc.constantFrom('registration' as const, 'ftd' as const, 'epc' as const),
      exploration: fc.integer({ min: 1, max: 1_000 }).map((share) => share / 1_000),
      windowDays: fc.integer({ min: 1, max: 90 }),
    }),
  ),
});

const asLink = (fields: object): Link => ({ hasPassword: false, ...fields }) as unknown as Link;

describe('drafts and links', () => {
  it('make a draft of any link whose fields are those of the link', () => {
    fc.assert(
      fc.property(writable, (fields) => {
        const made = toFields(toDraft(asLink(fields)));
        const rules = fields.rules.map(({ when, ...rest }) => ({
          ...rest,
          when: when.map(({ timezone, ...others }) => ({ ...others, ...(timezone !== null && { timezone }) })),
        }));
        expect(made).toEqual({ ...fields, rules, password: undefined });
      }),
    );
  });

  it('save nothing for a draft that no person changed, and the changed field alone', () => {
    fc.assert(
      fc.property(writable, word, (fields, title) => {
        const before = toDraft(asLink(fields));
        expect(toPatchFields(before, toDraft(asLink(fields)))).toEqual({});
        fc.pre(title !== fields.title);
        expect(toPatchFields(before, { ...before, title })).toEqual({ title });
      }),
    );
  });

  it('lead from any link to any other by the changed fields', () => {
    fc.assert(
      fc.property(writable, writable, (a, b) => {
        const [before, after] = [toDraft(asLink(a)), toDraft(asLink(b))];
        const applied = { ...toFields(before), ...changedLinkFields(before, after) };
        expect(JSON.stringify(applied)).toBe(JSON.stringify({ ...toFields(before), ...toFields(after) }));
      }),
    );
  });

  it('copy a link without its slug and its externalId', () => {
    fc.assert(
      fc.property(writable, (fields) => {
        const created = toCreateFields(toCopy(asLink(fields)));
        expect(created).not.toHaveProperty('slug');
        expect(created).not.toHaveProperty('externalId');
        expect(created['url']).toBe(fields.url);
      }),
    );
  });
});

describe('the request of a new link', () => {
  it('has the destination alone when nothing else was chosen', () => {
    expect(toCreateFields({ ...EMPTY_DRAFT, url: ' https://shop.example/ ' })).toEqual({
      url: 'https://shop.example/',
    });
    expect(isChanged(EMPTY_DRAFT, { ...EMPTY_DRAFT, slug: 'x7k2mqp' })).toBe(false);
    expect(isChanged(EMPTY_DRAFT, { ...EMPTY_DRAFT, slug: 'x7k2mqp', isSlugRandom: false })).toBe(true);
  });

  it('keeps a text that is no number, so that the server refuses it and no limit is lost silently', () => {
    const fields = toFields({ ...EMPTY_DRAFT, clickLimit: '1,000', variants: [{ ...newVariant(), weight: '3x' }] });
    expect(fields).toMatchObject({ clickLimit: '1,000', variants: [{ weight: '3x' }] });
    expect(toFields({ ...EMPTY_DRAFT, clickLimit: ' 1000 ' })).toMatchObject({ clickLimit: 1000 });
  });

  it('counts values and tags that are still being typed', () => {
    const when = [{ ...newCondition(), values: ['DE'], typed: 'AT, CH' }];
    const city = [{ ...newCondition(), field: 'city', typed: 'Washington, D.C.' }];
    const rules = [
      { ...newRule(), when },
      { ...newRule(), when: city },
    ];
    expect(toFields({ ...EMPTY_DRAFT, rules, tags: ['push'], typedTag: 'summer' })).toMatchObject({
      tags: ['push', 'summer'],
      rules: [{ when: [{ values: ['DE', 'AT', 'CH'] }] }, { when: [{ values: ['Washington, D.C.'] }] }],
    });
  });

  it('keeps, changes or removes a password', () => {
    const before = { ...EMPTY_DRAFT, url: 'https://shop.example/' };
    expect(toPatchFields(before, { ...before, password: 'secret-1' })).toEqual({ password: 'secret-1' });
    expect(toPatchFields(before, { ...before, removesPassword: true })).toEqual({ password: null });
  });

  it('keeps the old slug of a link unless that is unticked', () => {
    const before = { ...EMPTY_DRAFT, slug: 'old', isSlugRandom: false };
    expect(toPatchFields(before, { ...before, slug: 'new' })).toEqual({ slug: 'new', keepOldSlug: true });
    expect(toPatchFields(before, { ...before, slug: 'new', keepsOldSlug: false })).toEqual({ slug: 'new' });
  });
});
