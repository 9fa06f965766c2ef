import { describe, expect, it } from 'vitest';
import { copyRule, type Draft, EMPTY_DRAFT, movedBy, newRule, reduceDraft } from './draft';

const draft = (fields: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, ...fields });

describe('the form of a link', () => {
  it('takes the example of a random slug only while the person has chosen none', () => {
    const take = { type: 'takeRandomSlug', slug: 'abc2345' } as const;
    expect(reduceDraft(draft(), take)).toMatchObject({ slug: 'abc2345', isSlugRandom: true });
    const chosen = reduceDraft(draft(), { type: 'change', fields: { slug: 'summer' } });
    expect(chosen).toMatchObject({ slug: 'summer', isSlugRandom: false });
    expect(reduceDraft(chosen, take)).toBe(chosen);
    expect(reduceDraft(chosen, { type: 'drawSlug' })).toMatchObject({ slug: '', isSlugRandom: true });
  });

  it('keeps the settings for the next link, and only those', () => {
    const filled = draft({
      url: 'https://shop.example/',
      slug: 'summer',
      isSlugRandom: false,
      externalId: 'a-1',
      networkId: 'net_1',
      tags: ['push'],
    });
    const next = reduceDraft(filled, { type: 'next' });
    expect(next).toEqual({ ...filled, url: '', slug: '', isSlugRandom: true, externalId: '' });
  });

  it('moves entries, and leaves the list as it is at its ends', () => {
    expect(movedBy(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(movedBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    const list = ['a', 'b'];
    expect(movedBy(list, 0, -1)).toBe(list);
    expect(movedBy(list, 1, 1)).toBe(list);
  });

  it('copies a rule with keys of its own, and without its name, which must be unique', () => {
    const rule = { ...newRule(), name: 'Phones', url: 'https://shop.example/' };
    const copy = copyRule(rule);
    expect(copy).toMatchObject({ name: '', url: rule.url });
    expect(copy.key).not.toBe(rule.key);
    expect(copy.when[0]?.key).not.toBe(rule.when[0]?.key);
  });
});
