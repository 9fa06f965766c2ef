import { describe, expect, it } from 'vitest';
import { checkLine, type SetupCheck } from './check-sentences';
import { hopsOf } from './route-hops';
import { progressOf, titleOfSetup } from './progress';
import { seenRows } from './seen-rows';
import { seenSentence, type SetupStep } from './seen-sentences';

const when = (): string => '2 s ago';
const money = { amount: '50.00', currency: 'EUR' };
const step = (id: string, seen: object | null, state = 'done'): SetupStep =>
  ({ id, state, at: '2026-11-27T14:00:00Z', seen, checks: [] }) as unknown as SetupStep;

describe('the sentence of what was seen', () => {
  const click = { country: 'MT', device: 'mobile', isBot: false };
  const test = { ok: true, eventType: 'ftd', payout: money, ip: '203.0.113.7', reason: null, steps: [] };
  it.each([
    ['link', { shortUrl: 'https://go.example/a', destinationHost: 'b.example' }, '`go.example/a` leads to b.example.'],
    ['link', { shortUrl: 'https://go.example/a', destinationHost: null }, '`go.example/a` leads where its macro says.'],
    ['click', click, 'From Malta, mobile, human.'],
    ['click', { country: null, device: null, isBot: true }, 'From an unknown country, unknown device, a bot.'],
    [
      'network',
      { name: 'Orchid', preset: 'affilka', clickIdParam: 'stag' },
      'Orchid, preset affilka. The click id goes in `stag`.',
    ],
    [
      'network',
      { name: 'Orchid', preset: null, clickIdParam: 'cid' },
      'Orchid, without preset. The click id goes in `cid`.',
    ],
    ['testConversion', test, 'FTD 50.00 EUR, 2 s ago, from 203.0.113.7. Not in the numbers.'],
    [
      'testConversion',
      { ...test, ok: false, reason: 'not_allowed', steps: [{ name: 'answer', ok: false }] },
      'The test stopped at the answer, 2 s ago: `not_allowed`.',
    ],
    [
      'conversion',
      { eventType: 'ftd', payout: money, ip: '203.0.113.7', status: 'approved' },
      'FTD 50.00 EUR, 2 s ago, from 203.0.113.7, approved.',
    ],
    [
      'conversion',
      { eventType: 'registration', payout: null, ip: null, status: 'pending' },
      'Registration, 2 s ago, pending.',
    ],
    [
      'transactionIds',
      { conversions: 2, withTransactionId: 2, reused: 0 },
      '2 of 2 conversions have a transaction id, and all differ.',
    ],
    [
      'transactionIds',
      { conversions: 2, withTransactionId: 0, reused: 0 },
      'The 2 conversions have no transaction id. One FTD for each click counts.',
    ],
    [
      'transactionIds',
      { conversions: 3, withTransactionId: 3, reused: 1 },
      '1 of 3 conversions reuse the transaction id of another click.',
    ],
    ['parameters', { source: 'conversion', ok: true, hops: null }, 'A postback brought the click id back.'],
    ['parameters', { source: 'check', ok: true, hops: 1 }, 'Checked over 1 hop: the click id arrives.'],
    ['parameters', { source: 'check', ok: false, hops: 3 }, 'Checked over 3 hops: there is a problem.'],
  ])('of %s %j', (id, seen, sentence) => expect(seenSentence(step(id, seen), when)).toBe(sentence));

  it('is none before anything was seen', () => expect(seenSentence(step('click', null), when)).toBeNull());
});

describe('a thing to check', () => {
  it.each<[SetupCheck, string, object | undefined]>([
    [
      { key: 'postback_rejected', postbackId: 'pbk_1', networkId: 'net_1', reason: 'unfilled_macro' },
      'A postback came and was rejected: `unfilled_macro`.',
      { page: 'postback', id: 'pbk_1' },
    ],
    [
      { key: 'click_id_param_differs', linkId: 'lnk_1', param: 'stag', actualParam: 'cid' },
      'The network expects the click id in `stag`. The newest link sets `cid`.',
      { page: 'link', id: 'lnk_1' },
    ],
    [
      { key: 'click_id_param_differs', linkId: 'lnk_1', param: 'stag' },
      'The network expects the click id in `stag`. The newest link sets none.',
      { page: 'link', id: 'lnk_1' },
    ],
    [
      { key: 'open_short_link', linkId: 'lnk_1', url: 'https://go.example/a' },
      'Open `go.example/a` in a browser that reaches this server.',
      { page: 'link', id: 'lnk_1' },
    ],
    [{ key: 'second_conversion_needed' }, 'One conversion came. A second one shows whether the ids differ.', undefined],
  ])('%j', (check, text, place) => expect(checkLine(check)).toMatchObject({ text, place }));
});

describe('the sentence of the page', () => {
  const ids = ['link', 'click', 'network', 'testConversion', 'conversion', 'transactionIds', 'parameters'] as const;
  const setup = (done: number) => ({
    steps: ids.map((id, index) => step(id, null, index < done ? 'done' : index === done ? 'waiting' : 'open')),
    current: ids[done] ?? null,
  });
  it.each([
    [0, 'Five lines to your first counted deposit'],
    [2, 'Three lines to your first counted deposit'],
    [4, 'One line to your first counted deposit'],
    [5, 'Your first conversion counts. Two lines left'],
    [7, 'Every line is green'],
  ])('after %d steps', (done, title) => expect(titleOfSetup(setup(done))).toBe(title));

  it('has a bar with one current part', () => {
    expect(progressOf(setup(2))).toEqual(['done', 'done', 'current', 'open', 'open', 'open', 'open']);
  });
});

describe('the hops of the drawing', () => {
  it('are solid only by real events and passed checks', () => {
    const steps = [
      step('link', {}),
      step('click', {}),
      step('testConversion', {}),
      step('conversion', null, 'waiting'),
    ];
    const hops = hopsOf(steps, { ok: false, hops: [{ url: '', status: 302, ms: 4, params: {} }] });
    expect([hops.out.state, hops.on.state, hops.back.state]).toEqual(['seen', 'failed', 'awaited']);
    expect(hops.out.facts).toBe('302, 4 ms');
    expect(hops.back.note).toBe('test came back, real one awaited');
    expect(hopsOf([], null)).toMatchObject({ hasLink: false, out: { state: 'awaited', facts: null } });
  });
});

describe('the latest clicks and postbacks', () => {
  const click = { id: 'c', at: '2026-11-27T14:00:00Z', country: 'MT', device: 'mobile', isBot: false, isTest: false };
  const postback = {
    id: 'p',
    receivedAt: '2026-11-27T14:00:01Z',
    verdict: 'test' as const,
    reason: null,
    summary: { eventType: 'ftd' as const, payout: money },
  };
  it('stand together, newest first, without test clicks', () => {
    const rows = seenRows([click, { ...click, id: 't', isTest: true }], [postback]);
    expect(rows.map(({ id, text }) => [id, text])).toEqual([
      ['p', 'Test, FTD'],
      ['c', 'Click'],
    ]);
    expect(rows[1]?.detail).toBe('MT, mobile');
  });
  it('are eight at most', () => {
    const clicks = Array.from({ length: 20 }, (_, index) => ({ ...click, id: String(index) }));
    expect(seenRows(clicks, [postback])).toHaveLength(8);
  });
});
