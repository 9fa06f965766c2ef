import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assessment, assessSetup } from './assess-setup.js';
import type { ConversionEvidenceFacts, SetupEvidence } from './setup-evidence.js';
import { SETUP_STEP_IDS, type SetupState } from './setup-steps.js';

const AT = new Date('2026-11-22T12:00:00Z');
const LATER = new Date('2026-11-22T13:00:00Z');
const NOTHING: SetupEvidence = {
  now: LATER,
  hidden: [],
  link: undefined,
  latestLink: undefined,
  click: undefined,
  network: undefined,
  test: undefined,
  conversions: [],
  requests: [],
  linkCheck: undefined,
};
const link = { linkId: 'lnk_1', shortUrl: 'https://go.example/a', destinationHost: 'shop.example', at: AT };
const latestLink = {
  linkId: 'lnk_1',
  shortUrl: 'https://go.example/a',
  hostname: 'go.example',
  networkId: 'net_1',
  clickIdParam: 'stag',
  isPaused: false,
  startsAt: null,
  expiresAt: null,
  isServed: true,
};
const click = { clickId: 'c', linkId: 'lnk_1', country: null, device: null, isBot: false, at: AT };
const network = {
  networkId: 'net_1',
  name: 'N',
  preset: null,
  clickIdParam: 'stag',
  postbackUrl: 'https://go.example/postback/k',
  at: AT,
};
const test = {
  ok: true,
  networkId: 'net_1',
  postbackId: 'pbk_1',
  reason: null,
  eventType: 'ftd' as const,
  payout: null,
  ip: null,
  at: AT,
  steps: [{ name: 'link', ok: true, detail: '', ms: 1 }],
};
const conversion = (fields: Partial<ConversionEvidenceFacts> = {}): ConversionEvidenceFacts => ({
  conversionId: 'cnv_1',
  eventType: 'ftd',
  isFtd: true,
  status: 'approved',
  payout: null,
  txid: 'T-1',
  isTxidReused: false,
  sourceId: 'pbk_2',
  clickId: 'c',
  linkId: 'lnk_1',
  networkId: 'net_1',
  at: AT,
  ...fields,
});
const stateOf = ({ steps }: Assessment, id: string): SetupState | undefined =>
  steps.find((one) => one.id === id)?.state;
const keysOf = (evidence: Partial<SetupEvidence>): string[] =>
  assessSetup({ ...NOTHING, ...evidence }).steps.flatMap(({ checks }) => checks.map(({ key }) => key));

describe('the setup checklist', () => {
  it('has one current step, which alone has checks, whatever was seen', () => {
    const maybe = <T>(value: T): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, value);
    const evidence = fc.record({
      link: maybe(link),
      latestLink: maybe(latestLink),
      click: maybe(click),
      network: maybe(network),
      test: fc.constantFrom(undefined, test, { ...test, ok: false }),
      conversions: fc.constantFrom([], [conversion()], [conversion(), conversion({ txid: null })]),
    });
    fc.assert(
      fc.property(evidence, (found) => {
        const { steps, current, done } = assessSetup({ ...NOTHING, ...found });
        expect(steps.map(({ id }) => id)).toEqual(SETUP_STEP_IDS);
        expect(done).toBe(steps.filter(({ state }) => state === 'done').length);
        expect(current).toBe(steps.find(({ state }) => state !== 'done')?.id ?? null);
        expect(steps.filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(1);
        expect(steps.filter(({ id, checks }) => id !== current && checks.length > 0)).toEqual([]);
        for (const { state, at } of steps) expect(at !== null).toBe(state === 'done' || state === 'problem');
      }),
    );
  });

  it('passes over steps that the caller may not see', () => {
    const found = assessSetup({ ...NOTHING, link, network, hidden: ['click', 'conversion'] });
    expect(found.current).toBe('testConversion');
    expect(stateOf(found, 'click')).toBe('hidden');
    expect(stateOf(found, 'conversion')).toBe('hidden');
  });

  it.each([
    ['one conversion', [conversion()], 'open'],
    ['two with ids', [conversion(), conversion({ txid: 'T-2' })], 'done'],
    ['a registration without, and money with one', [conversion({ txid: null }), conversion()], 'done'],
    ['two without', [conversion({ txid: null }), conversion({ txid: null })], 'problem'],
    ['an id of another click', [conversion({ isTxidReused: true })], 'problem'],
  ])('says of transaction ids, after %s', (_, conversions, state) => {
    expect(stateOf(assessSetup({ ...NOTHING, conversions }), 'transactionIds')).toBe(state);
  });

  it('believes a check of a link more than a conversion', () => {
    const linkCheck = {
      linkId: 'lnk_1',
      ok: false,
      hops: 2,
      at: LATER,
      problem: { code: 'click_id_lost', param: 'stag' },
    };
    const found = assessSetup({ ...NOTHING, conversions: [conversion()], linkCheck });
    expect(found.parameters).toMatchObject({ source: 'check', ok: false, hops: 2 });
    expect(stateOf(found, 'parameters')).toBe('problem');
    expect(assessSetup({ ...NOTHING, conversions: [conversion()] }).parameters?.source).toBe('conversion');
    expect(assessSetup({ ...NOTHING, conversions: [conversion({ clickId: null })] }).parameters).toBeNull();
  });
});

describe('checks of a silent step', () => {
  const clicked = { link, latestLink, click };
  const tested = { ...clicked, network, test };
  const request = { postbackId: 'pbk_3', networkId: 'net_1', reason: null, at: AT };

  it.each([
    ['an unserved domain', { isServed: false }, 'domain_not_served'],
    ['a start in the future', { startsAt: new Date('2027-01-01') }, 'link_not_started'],
    ['an expired link', { expiresAt: AT }, 'link_expired'],
    ['a paused link', { isPaused: true }, 'link_paused'],
  ])('find %s', (_, fields, key) => {
    expect(keysOf({ link, latestLink: { ...latestLink, ...fields } })).toEqual([key, 'open_short_link']);
  });

  it('come from what the networks sent', () => {
    expect(keysOf(clicked)).toEqual(['add_network']);
    expect(keysOf({ ...clicked, network })).toEqual(['send_test']);
    expect(keysOf(tested)).toEqual(['postback_not_configured']);
    expect(keysOf({ ...tested, requests: [{ ...request, verdict: 'test' }] })).toEqual(['postback_not_configured']);
    expect(keysOf({ ...tested, requests: [{ ...request, verdict: 'ignored' }] })).toEqual(['postback_ignored']);
    const rejected = { ...request, verdict: 'rejected', reason: 'unmapped_event' };
    const { steps } = assessSetup({ ...NOTHING, ...tested, requests: [rejected] });
    expect(steps[4]?.checks).toEqual([
      { key: 'postback_rejected', postbackId: 'pbk_3', networkId: 'net_1', reason: 'unmapped_event' },
    ]);
  });

  it('name the check of a link last', () => {
    const all = { ...tested, conversions: [conversion({ clickId: null }), conversion({ clickId: null })] };
    expect(keysOf(all)).toEqual(['check_link']);
    const linkCheck = {
      linkId: 'lnk_1',
      ok: false,
      hops: 2,
      at: LATER,
      problem: { code: 'param_lost', param: 'sub1' },
    };
    expect(assessSetup({ ...NOTHING, ...all, linkCheck }).steps[6]?.checks).toEqual([
      { key: 'link_check_failed', linkId: 'lnk_1', reason: 'param_lost', param: 'sub1' },
    ]);
  });
});
