import { beforeEach, describe, expect, it } from 'vitest';
import type { NetworkSecurity } from '../../networks/network.schema.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { PostbackMetrics } from '../postback-metrics.service.js';
import { readParameters } from '../rules/reading/parameters.js';
import { PostbackGate } from './postback-gate.service.js';
import { canonicalText, signatureOf } from './signature.js';

const OPEN: NetworkSecurity = { ips: [], token: null, hmac: null, ratePerMinute: 60_000 };
const STRICT: NetworkSecurity = {
  ips: ['203.0.113.0/24'],
  token: { param: 'token', value: 'the token' },
  hmac: { secret: 'the secret', param: 'sig', timestampParam: 'ts', toleranceSeconds: 60 },
  ratePerMinute: 2,
};
const RECEIVED_AT = new Date('2026-03-01T12:00:00Z');

let metrics: Metrics;
let gate: PostbackGate;
beforeEach(() => {
  metrics = new Metrics();
  gate = new PostbackGate(new PostbackMetrics(metrics));
});

const request = (token: string, secret = 'the secret', ip = '203.0.113.9') => {
  const parameters = [
    { name: 'click_id', value: 'x' },
    { name: 'token', value: token },
    { name: 'ts', value: RECEIVED_AT.toISOString() },
  ];
  const value = signatureOf(canonicalText(parameters, 'sig'), secret);
  const query = new URLSearchParams({ sig: value });
  for (const one of parameters) query.append(one.name, one.value);
  return { ip, parameters: () => readParameters({ query: String(query), body: '', contentType: '' }) };
};

describe('the gate', () => {
  it('is open where nothing is asked for', () => {
    expect(
      gate.check(
        { security: OPEN },
        { ip: '', parameters: () => readParameters({ query: '', body: '', contentType: '' }) },
        RECEIVED_AT,
      ),
    ).toEqual({
      ok: true,
    });
  });

  it('lets through what has all that is asked for', () => {
    expect(gate.check({ security: STRICT }, request('the token'), RECEIVED_AT)).toEqual({
      ok: true,
      signed: { id: expect.stringMatching(/^[\w-]{43}$/) as string, at: RECEIVED_AT },
    });
  });

  it.each([
    [
      'another address',
      request('the token', 'the secret', '203.0.114.9'),
      RECEIVED_AT,
      /203\.0\.114\.9 is not in .* TRUSTED_PROXIES/,
    ],
    ['another token', request('another'), RECEIVED_AT, /token/],
    ['another secret', request('the token', 'another'), RECEIVED_AT, /signature/],
    ['an old timestamp', request('the token'), new Date(), /too old|in the future/],
  ])('refuses %s, and gives no secret away', (_, incoming, receivedAt, hint) => {
    const finding = gate.check({ security: STRICT }, incoming, receivedAt);
    expect(finding).toEqual({ ok: false, hint: expect.stringMatching(hint) });
    expect(JSON.stringify(finding)).not.toMatch(/the token|the secret/);
  });

  it('answers 429 to what is too much, and counts it', async () => {
    const network = { _id: 'net_1', security: STRICT };
    gate.admit(network);
    gate.admit(network);
    let thrown: unknown;
    try {
      gate.admit(network);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProblemException);
    expect((thrown as ProblemException).getStatus()).toBe(429);
    expect((thrown as ProblemException).headers['retry-after']).toMatch(/^(29|30)$/);
    expect(await metrics.registry.getSingleMetricAsString('hopback_postbacks_limited_total')).toMatch(/_total 1$/m);
    gate.admit({ _id: 'net_2', security: STRICT });
  });
});
