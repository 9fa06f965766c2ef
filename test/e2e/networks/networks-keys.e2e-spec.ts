import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { Network } from '../../../src/networks/network.schema.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const patch = async (id: string, fields: object): Promise<NetworkResponse> => {
  const response = await app.api('patch', `/networks/${id}`).send(fields);
  expect(response.status).toBe(200);
  return response.body as NetworkResponse;
};
const stored = async (id: string): Promise<Network> => {
  const network = await app.connection.collection<Network>('networks').findOne({ _id: id });
  if (!network) throw new Error(`no network ${id}`);
  return network;
};
const rotate = async (id: string): Promise<NetworkResponse> => {
  const response = await app.api('post', `/networks/${id}/rotate-key`);
  expect(response.status).toBe(200);
  return response.body as NetworkResponse;
};
/** `missing_click_id` is what a key that is known is answered. */
const isKnown = async (key: string): Promise<boolean> => (await app.postback({ key }, '')).status === 422;

describe('a key', () => {
  it('is rotated: both are accepted until the old one is ended', async () => {
    const network = await app.createNetwork();
    expect(await isKnown(network.key)).toBe(true);
    const rotated = await rotate(network.id);
    expect(rotated).toMatchObject({ id: network.id, oldKey: network.key });
    expect(rotated.key).toMatch(/^[0-9A-Za-z]{24}$/);
    expect(rotated.key).not.toBe(network.key);
    expect(rotated.postbackUrl).toContain(rotated.key);
    expect(await Promise.all([rotated.key, network.key].map(isKnown))).toEqual([true, true]);

    const ended = await app.api('delete', `/networks/${network.id}/old-key`);
    expect([ended.status, ended.text]).toEqual([204, '']);
    expect(await Promise.all([rotated.key, network.key].map(isKnown))).toEqual([true, false]);
    expect((await app.api('get', `/networks/${network.id}`)).body).toMatchObject({ key: rotated.key, oldKey: null });
    expect((await app.api('delete', `/networks/${network.id}/old-key`)).status).toBe(204);
  });

  it('ends when it is the last but two', async () => {
    const network = await app.createNetwork();
    const second = await rotate(network.id);
    const third = await rotate(network.id);
    expect(await Promise.all([network.key, second.key, third.key].map(isKnown))).toEqual([false, true, true]);
  });

  it('is rotated once by one Idempotency-Key', async () => {
    const { id } = await app.createNetwork();
    const keys = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const { body } = await app.api('post', `/networks/${id}/rotate-key`).set('idempotency-key', `rotate-${id}`);
      keys.add((body as NetworkResponse).key);
    }
    expect(keys.size).toBe(1);
  });

  it('is never lost to rotations at the same time: the others get an error', async () => {
    const { id } = await app.createNetwork();
    const responses = await Promise.all(Array.from({ length: 5 }, () => app.api('post', `/networks/${id}/rotate-key`)));
    for (const response of responses) if (response.status !== 200) expectProblem(response, 409);
    const made = responses.filter(({ status }) => status === 200).map(({ body }) => (body as NetworkResponse).key);
    expect(made).toContain((await stored(id)).key);
  });
});

describe('secrets of a network', () => {
  const SECURITY = {
    ips: ['203.0.113.0/24', '2001:db8::1'],
    token: { param: 'token', value: 'open-sesame' },
    hmac: { secret: 'a-secret-of-some-length' },
    ratePerMinute: 120,
  };
  const SHOWN = {
    ips: SECURITY.ips,
    token: { param: 'token', value: '***ame' },
    hmac: { secret: '***gth', param: 'sig', timestampParam: 'ts', toleranceSeconds: 300 },
    ratePerMinute: 120,
  };

  it('are stored, and shown masked only', async () => {
    const network = await app.createNetwork({ security: SECURITY });
    expect(network.security).toEqual(SHOWN);
    expect((await app.api('get', `/networks/${network.id}`)).body).toMatchObject({ security: SHOWN });
    const { text } = await app.api('get', '/networks');
    expect(text).not.toMatch(/open-sesame|a-secret-of-some-length/);
    expect((await stored(network.id)).security).toMatchObject({
      token: SECURITY.token,
      hmac: { ...SECURITY.hmac, toleranceSeconds: 300 },
    });
  });

  it('stay when their mask comes back, and when something else changes', async () => {
    const { id } = await app.createNetwork({ security: SECURITY });
    await patch(id, { security: SHOWN });
    await patch(id, { security: { ips: [] } });
    await patch(id, { security: { hmac: { secret: '***gth', toleranceSeconds: 60 } } });
    await patch(id, { name: 'renamed' });
    expect((await stored(id)).security).toEqual({
      ips: [],
      token: SECURITY.token,
      hmac: { secret: SECURITY.hmac.secret, param: 'sig', timestampParam: 'ts', toleranceSeconds: 60 },
      ratePerMinute: 120,
    });
  });

  it('are replaced by others, and end by null', async () => {
    const { id } = await app.createNetwork({ security: SECURITY });
    await patch(id, { security: { token: { param: 'auth', value: 'x' } } });
    const { security } = await patch(id, { security: { hmac: null } });
    expect(security).toMatchObject({ token: { param: 'auth', value: '***' }, hmac: null });
    expect((await stored(id)).security).toMatchObject({ token: { param: 'auth', value: 'x' }, hmac: null });
  });
});

describe('dialectChangedAt', () => {
  it.each<[string, object]>([
    ['mapping', { mapping: { events: { a: 'ftd' } } }],
    ['preset', { preset: 'keitaro' }],
    ['no preset', { preset: null }],
    ['defaults', { defaults: { event: 'lead' } }],
    ['currency', { currency: 'GBP' }],
  ])('moves with %s', async (_, change) => {
    const { id, dialectChangedAt } = await app.createNetwork();
    expect((await patch(id, change)).dialectChangedAt > dialectChangedAt).toBe(true);
  });

  it('does not move with anything else', async () => {
    const { id, dialectChangedAt, updatedAt } = await app.createNetwork();
    const after = await patch(id, { name: 'renamed', windows: { ftd: 1 }, security: { ips: [] } });
    expect([after.dialectChangedAt, after.updatedAt > updatedAt]).toEqual([dialectChangedAt, true]);
  });
});

describe('a network that an earlier release stored', () => {
  it('has the defaults of what it lacks, and takes changes', async () => {
    const made = await app.createNetwork();
    const lacking = { oldKey: '', preset: '', security: '', answer: '', windows: '', dialectChangedAt: '' } as const;
    await app.connection.collection<{ _id: string }>('networks').updateOne({ _id: made.id }, { $unset: lacking });
    const { body } = await app.api('get', `/networks/${made.id}`);
    expect(body).toEqual({ ...made, dialectChangedAt: made.createdAt });
    expect(((await app.api('get', '/networks')).body as { data: unknown[] }).data).toContainEqual(body);
    const { clickId } = await app.clickedLink();
    expect(await app.goodPostback(made, `click_id=${clickId}`)).toMatchObject({ verdict: 'accepted' });
    const changed = await patch(made.id, { security: { ratePerMinute: 100 }, answer: { text: true } });
    expect(changed).toMatchObject({
      security: { ips: [], token: null, hmac: null, ratePerMinute: 100 },
      answer: { alwaysOk: false, text: true },
    });
  });
});
