import { describe, expect, it } from 'vitest';
import { readParameters } from '../rules/reading/parameters.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { checkSignature } from '../security/signature.js';
import { unpackRequest } from './pasted-request.js';
import { buildTestUrl, type TestInput } from './test-request.js';
import { answerProblem } from './test-steps.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const BASE = 'https://go.brand.com/postback/KEY';
const plain: NetworkDialect = { mapping: { params: {}, events: {}, statuses: {} }, defaults: { currency: 'EUR' } };

function build(query: string, more: Partial<TestInput> = {}): Record<string, string> {
  const url = buildTestUrl({
    template: `${BASE}?${query}`,
    dialect: plain,
    security: { token: null, hmac: null },
    clickId: 'K1',
    txid: 'test-1',
    options: {},
    now: NOW,
    ...more,
  });
  expect(url.startsWith(`${BASE}?`)).toBe(true);
  return Object.fromEntries(new URL(url).searchParams);
}

describe('a test request', () => {
  it('fills what our own URL has', () => {
    const query = 'click_id={click_id}&event={event}&status={status}&payout={payout}&currency={currency}&txid={txid}';
    expect(build(query)).toEqual({
      click_id: 'K1',
      event: 'ftd',
      status: 'approved',
      payout: '50.00',
      currency: 'EUR',
      txid: 'test-1',
    });
  });

  it('speaks the network’s words under its names, and fills any kind of macro', () => {
    const dialect = {
      mapping: {
        params: { click_id: ['s2'], payout: ['price'] },
        events: { dep: 'ftd', reg: 'registration' },
        statuses: { '1': 'approved' },
      },
      defaults: {},
    };
    const query = 's2=#s2#&goal={{goal_alias}}&state=[status]&price=#price#&when=<timestamp>&x=%7Bx%7D&tid=#tid#';
    expect(build(query, { dialect })).toEqual({
      s2: 'K1',
      goal: 'dep',
      state: '1',
      price: '50.00',
      when: 'test',
      x: 'test',
      tid: 'test-1',
    });
  });

  it('leaves what stands fixed, unless something else is wanted', () => {
    expect(build('click_id={clickid}&status=reg')).toEqual({ click_id: 'K1', status: 'reg' });
    const options = { status: 'rejected', payout: '7', event: 'sale', currency: 'GBP' };
    const asked = { click_id: 'K1', status: 'rejected', event: 'sale', payout: '7', currency: 'GBP' };
    expect(build('click_id={clickid}&status=reg', { options })).toEqual(asked);
  });

  it('hides no fault: a URL without a click id is sent without one', () => {
    expect(build('event={event}')).toEqual({ event: 'ftd' });
  });

  it('brings the token, and a signature over all of it', () => {
    const hmac = { secret: 's3cr3t', param: 'sig', timestampParam: 'ts', toleranceSeconds: 60 };
    const token = { param: 'Token', value: 'a&b' };
    const sent = build('click_id={click_id}&token={token}&sig={sig}', { security: { token, hmac } });
    expect(sent).toMatchObject({ Token: 'a&b', ts: '1795348800', click_id: 'K1' });
    const parameters = Object.entries(sent).map(([name, value]) => ({ name, value }));
    expect(checkSignature(parameters, hmac, NOW).ok).toBe(true);
  });
});

describe('a pasted request', () => {
  it('is a URL with a key, its query as it stands', () => {
    const { key, request } = unpackRequest({ url: ` ${BASE}?click_id=#s2#&a=b?c ` });
    expect(key).toBe('KEY');
    expect(request).toEqual({ query: 'click_id=#s2#&a=b?c', body: '', contentType: '' });
    expect(readParameters(request)).toMatchObject({
      parameters: [
        { name: 'click_id', value: '#s2#' },
        { name: 'a', value: 'b?c' },
      ],
    });
  });
  it('is a URL of something else', () => {
    expect(unpackRequest({ url: 'https://shop.example/?a=1' })).toMatchObject({ key: null, request: { query: 'a=1' } });
    expect(unpackRequest({ url: `${BASE}/` })).toMatchObject({ key: 'KEY', request: { query: '' } });
  });
  it('is query and body', () => {
    expect(unpackRequest({ query: '?a=1', body: 'b=2' })).toEqual({
      key: undefined,
      request: { query: 'a=1', body: 'b=2', contentType: '' },
    });
  });
});

describe('an answer', () => {
  it.each([
    [200, null, true, undefined],
    [301, 'https://x/', false, /redirected to https:\/\/x\//],
    [404, null, false, /not from this Hopback/],
    [422, null, true, /failure/],
  ])('%d (%s, ours: %s)', (status, location, isOurs, problem) => {
    if (problem === undefined) expect(answerProblem(status, location, isOurs)).toBeUndefined();
    else expect(answerProblem(status, location, isOurs)).toMatch(problem);
  });
});
