import { describe, expect, it } from 'vitest';
import { type PreviewedClick, RulePreview } from './rule-preview.js';
import { compileMatch, type VisitorKind, type VisitorMatch } from './visitor-match.js';

let number = 0;
const click = (fields: Partial<PreviewedClick> = {}): PreviewedClick => ({
  _id: `C${number++}`,
  linkId: 'lnk_1',
  at: new Date('2026-01-01'),
  userAgent: 'Mozilla/5.0 Acme',
  asn: 64_500,
  ip: '203.0.113.9',
  isIpFull: true,
  botReason: undefined,
  ...fields,
});
const preview = (match: VisitorMatch, as: VisitorKind, clicks: PreviewedClick[]): RulePreview => {
  const result = new RulePreview(compileMatch(match), as);
  for (const one of clicks) result.add(one);
  return result;
};
const numbers = ({ checked, clicks, wouldChange, withoutAddress, withoutFacts }: RulePreview) => ({
  checked,
  clicks,
  wouldChange,
  withoutAddress,
  withoutFacts,
});
const NONE = { withoutAddress: 0, withoutFacts: 0 };

describe('K12 the preview of a visitor rule', () => {
  it('says of a bot rule that people’s clicks would change, but those of a person rule', () => {
    const clicks = [
      click(),
      click({ botReason: 'user_agent' }),
      click({ botReason: 'head' }),
      click({ visitorRuleId: 'vrl_1' }),
      click({ userAgent: 'other' }),
    ];
    expect(numbers(preview({ userAgent: 'acme' }, 'bot', clicks))).toEqual({
      ...NONE,
      checked: 5,
      clicks: 4,
      wouldChange: 1,
    });
  });

  it('says of a person rule that programs’ clicks would change, but HEAD requests and prefetches', () => {
    const reasons = [undefined, 'user_agent', 'no_user_agent', 'visitor_rule', 'head', 'prefetch'];
    const result = preview(
      { asn: 64_500 },
      'person',
      reasons.map((botReason) => click({ botReason })),
    );
    expect(numbers(result)).toEqual({ ...NONE, checked: 6, clicks: 6, wouldChange: 3 });
  });

  it.each<[string, string | undefined, true | undefined, object]>([
    ['203.0.113.9', '203.0.113.9', true, { clicks: 1, withoutAddress: 0 }],
    ['203.0.113.9', '203.0.113.0', undefined, { clicks: 0, withoutAddress: 1 }],
    ['203.0.113.0/25', '203.0.113.0', undefined, { clicks: 0, withoutAddress: 1 }],
    ['203.0.113.0/24', '203.0.113.0', undefined, { clicks: 1, withoutAddress: 0 }],
    ['203.0.0.0/16', '203.0.113.0', undefined, { clicks: 1, withoutAddress: 0 }],
    ['203.0.114.9', '203.0.113.0', undefined, { clicks: 0, withoutAddress: 0 }],
    ['2001:db8:1::7', '2001:db8:1::', undefined, { clicks: 0, withoutAddress: 1 }],
    ['2001:db8::/32', '2001:db8:1::', undefined, { clicks: 1, withoutAddress: 0 }],
    ['2001:db8::/32', '203.0.113.0', undefined, { clicks: 0, withoutAddress: 0 }],
    ['203.0.113.9', undefined, undefined, { clicks: 0, withoutAddress: 1 }],
  ])('K12 of the address %s, a click that has kept %s (whole: %s) says %o', (address, ip, isIpFull, expected) => {
    expect(preview({ address }, 'bot', [click({ ip, isIpFull })])).toMatchObject(expected);
  });

  it('is unknown for clicks whose facts were not kept, unless the other facts do not match', () => {
    const gone = { userAgent: '', asn: undefined };
    const clicks = [click({ ...gone, erasedAt: new Date() }), click({ ...gone, isPrivate: true })];
    expect(preview({ userAgent: 'x' }, 'bot', clicks)).toMatchObject({ clicks: 0, withoutFacts: 2 });
    expect(preview({ asn: 1 }, 'bot', clicks)).toMatchObject({ clicks: 0, withoutFacts: 2 });
    expect(preview({ asn: 1, address: '::1' }, 'bot', clicks)).toMatchObject({ clicks: 0, withoutFacts: 0 });
  });

  it('has the links with the most changes, and samples of those clicks first', () => {
    const clicks = Array.from({ length: 15 }, (_, link) =>
      Array.from({ length: link + 1 }, () =>
        click({ linkId: `lnk_${link}`, botReason: link === 14 ? 'head' : undefined }),
      ),
    ).flat();
    const result = preview({ asn: 64_500 }, 'bot', clicks);
    expect(result.links()).toHaveLength(10);
    expect(result.links()[0]).toEqual({ linkId: 'lnk_13', clicks: 14, wouldChange: 14 });
    expect(result.samples()).toHaveLength(10);
    expect(result.samples().every(({ wouldChange }) => wouldChange)).toBe(true);
    expect(preview({ asn: 64_500 }, 'bot', [click({ botReason: 'head' }), click()]).samples()).toMatchObject([
      { wouldChange: true },
      { wouldChange: false },
    ]);
  });
});
