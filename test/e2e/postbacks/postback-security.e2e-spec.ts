import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkSecurity } from '../../../src/networks/network.schema.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { canonicalText, signatureOf } from '../../../src/postbacks/security/signature.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
});
afterAll(() => app.close());

const HMAC = { secret: 'the hmac secret', param: 'chk', timestampParam: 'ts', toleranceSeconds: 60 };
const TOKEN = { param: 'Pass', value: 'open sesame 1' };

async function networkWith(security: Partial<NetworkSecurity>, fields = {}): Promise<NetworkResponse> {
  const network = await app.createNetwork(fields);
  const set = Object.fromEntries(Object.entries(security).map(([name, value]) => [`security.${name}`, value]));
  await app.connection
    .collection('networks')
    .updateOne({ _id: network.id as never }, { $set: { ...set, updatedAt: new Date() } });
  return network;
}

function signed(query: Record<string, string>, secret = HMAC.secret): string {
  const parameters = Object.entries({ ts: String(Date.now()), ...query }).map(([name, value]) => ({ name, value }));
  const chk = signatureOf(canonicalText(parameters, 'chk'), secret);
  const said = parameters.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return [...said, `chk=${chk}`].join('&');
}

/** It is refused, logged with a hint, and changes nothing. */
async function expectRefused(network: NetworkResponse, query: string, hint: RegExp, ip = '203.0.113.9'): Promise<void> {
  const response = await app.postback(network, query).set('x-forwarded-for', ip);
  expect(response.status).toBe(403);
  const { postbackId } = response.body as PostbackAnswer;
  expect(response.body).toEqual({ verdict: 'rejected', reason: 'not_allowed', postbackId });
  const entry = await app.postbackEntry(postbackId);
  expect(entry).toMatchObject({ verdict: 'rejected', reason: 'not_allowed', conversionId: null });
  expect(entry.hint).toMatch(hint);
  expect(JSON.stringify(entry)).not.toMatch(/open sesame|the hmac secret/);
  const { data } = (await app.api('get', `/conversions?networkId=${network.id}`)).body as { data: unknown[] };
  expect(data).toEqual([]);
}

describe('a network that names who may post', () => {
  it('accepts requests from its addresses only, as given by a trusted proxy', async () => {
    const { clickId } = await app.clickedLink();
    const network = await networkWith({ ips: ['198.51.100.0/24', '2001:db8::/32'] });
    const query = `click_id=${clickId}`;
    await expectRefused(network, query, /203\.0\.113\.9 is not in/);
    await expectRefused(network, query, /203\.0\.113\.9 is not in/, '198.51.100.7, 203.0.113.9');
    for (const ip of ['198.51.100.7', '::ffff:198.51.100.8', '2001:db8::5']) {
      expect((await app.postback(network, query).set('x-forwarded-for', ip)).status).toBe(200);
    }
  });

  it('wants its token, wherever it stands', async () => {
    const { clickId } = await app.clickedLink();
    const network = await networkWith({ token: TOKEN });
    await expectRefused(network, `click_id=${clickId}`, /token is missing.*"Pass"/);
    await expectRefused(network, `click_id=${clickId}&pass=open+sesame+2`, /does not match the one/);
    const accepted = await app.goodPostback(network, `click_id=${clickId}&pass=open%20sesame%201`);
    expect(accepted.verdict).toBe('accepted');
    expect((await app.postbackEntry(accepted.postbackId)).query).toBe(`click_id=${clickId}&pass=***`);
    const { body } = await app
      .plain('post', `/postback/${network.key}`)
      .send({ click_id: clickId, PASS: TOKEN.value, inner: [{ pass: TOKEN.value }] });
    expect(body).toMatchObject({ verdict: 'duplicate' });
    expect((await app.postbackEntry((body as PostbackAnswer).postbackId)).body).toBe(
      `{"click_id":"${clickId}","PASS":"***","inner":[{"pass":"***"}]}`,
    );
  });

  it('wants its signature, over query and body', async () => {
    const { clickId } = await app.clickedLink();
    const network = await networkWith({ hmac: HMAC });
    await expectRefused(network, `click_id=${clickId}`, /signature is missing/);
    await expectRefused(network, signed({ click_id: clickId }, 'guessed'), /does not match/);
    await expectRefused(
      network,
      `${signed({ click_id: clickId, payout: '5' })}&payout=500`,
      /does not match.*payout, payout/,
    );
    await expectRefused(network, signed({ click_id: clickId, ts: String(Date.now() - 90_000) }), /too old/);
    await expectRefused(network, signed({ click_id: clickId, ts: String(Date.now() + 90_000) }), /in the future/);
    expect((await app.goodPostback(network, signed({ click_id: clickId, event: 'lead', sub1: 'é *' }))).verdict).toBe(
      'accepted',
    );
    const all = new URLSearchParams(signed({ click_id: clickId, event: 'sale', txid: 'T/1 *' }));
    const { chk = '', ...body } = Object.fromEntries(all);
    const response = await app.plain('post', `/postback/${network.key}?chk=${chk.toUpperCase()}`).send(body);
    expect(response.body).toMatchObject({ verdict: 'accepted' });
    expect((await app.postbackEntry((response.body as PostbackAnswer).postbackId)).query).toBe('chk=***');
  });
});

describe('a network that sends too much', () => {
  it('gets a Retry-After, is counted and not logged; other networks are served', async () => {
    const { clickId } = await app.clickedLink();
    const network = await networkWith({ ratePerMinute: 3 });
    const other = await app.createNetwork();
    const limited = async (): Promise<number> => {
      const { text } = await app.plain('get', '/metrics');
      return Number(/^hopback_postbacks_limited_total (\d+)$/m.exec(text)?.[1]);
    };
    const before = await limited();
    for (let i = 0; i < 3; i++) await app.goodPostback(network, `click_id=${clickId}`);
    const response = await app.postback(network, `click_id=${clickId}`);
    expect(expectProblem(response, 429).code).toBe('too_many_requests');
    expect(Number(response.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(20);
    expect(await limited()).toBe(before + 1);
    const { data } = (await app.api('get', `/postbacks?networkId=${network.id}`)).body as { data: unknown[] };
    expect(data).toHaveLength(3);
    await app.goodPostback(other, `click_id=${clickId}`);
  });

  it('may not send more of what is too large to be read either', async () => {
    const network = await networkWith({ ratePerMinute: 2 });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) {
      const body = 'x'.repeat(64 * 1024 + 1);
      const response = await fetch(`${app.baseUrl}/postback/${network.key}`, { method: 'POST', body });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([413, 413, 429]);
    const { data } = (await app.api('get', `/postbacks?networkId=${network.id}`)).body as { data: unknown[] };
    expect(data).toHaveLength(2);
  });

  it('may send a thousand at once by default', async () => {
    const { clickId } = await app.clickedLink();
    const network = await app.createNetwork();
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => fetch(`${app.baseUrl}/postback/${network.key}?click_id=${clickId}`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('the log', () => {
  it('keeps what the mapping reads, whatever its name, and no key', async () => {
    const { clickId } = await app.clickedLink();
    const network = await networkWith({}, { mapping: { params: { txid: ['hash'] } } });
    const { body } = await app
      .postback(network, `click_id=${clickId}&hash=T-1&sig=x&self=${network.key}`)
      .set('referer', `https://x.example/postback/${network.key}?token=y`);
    const entry = await app.postbackEntry((body as PostbackAnswer).postbackId);
    const masked = `***${network.key.slice(-3)}`;
    expect(entry.query).toBe(`click_id=${clickId}&hash=T-1&sig=***&self=${masked}`);
    expect(entry.headers['referer']).toBe(`https://x.example/postback/${masked}?token=***`);
  });
});
