import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { exportsUnderWay } from '../../../src/platform/csv/csv-download.js';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import { canonicalText, signatureOf } from '../../../src/postbacks/security/signature.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
let limited: TestApp | undefined;
afterAll(async () => {
  await limited?.close();
  await app.close();
});

const SECRET = '0123456789abcdef0123';
const HMAC = { secret: SECRET, toleranceSeconds: 86_400 };
const form = 'application/x-www-form-urlencoded';

const answerOf = (response: { body: unknown }): PostbackAnswer => response.body as PostbackAnswer;
const conversionsOf = (clickId: string) => app.conversions(`clickId=${clickId}`);
const sent = async (path: string, body: string, type = form): Promise<PostbackAnswer> =>
  answerOf(await app.plain('post', path).set('content-type', type).send(body));

describe('S6 a request with thousands of parameters', () => {
  it.each([
    ['%61&'.repeat(16_000), form],
    ['%61%3d&'.repeat(9_000), 'text/plain'],
    [`token=secret-1&${'a=1&'.repeat(200)}token=secret-2`, form],
  ])('is refused, and the log has the first 100 of them and says so: %#', async (body, type) => {
    const { postbackId, verdict, reason } = await sent(`/postback/${network.key}`, body, type);
    expect({ verdict, reason }).toEqual({ verdict: 'rejected', reason: 'malformed_request' });
    const entry = await app.postbackEntry(postbackId);
    expect(entry.body.split('&')).toHaveLength(100);
    expect(entry.body).not.toContain('secret-1');
    expect(entry.hint).toMatch(/more than 100 parameters.*keeps only its beginning/);
    expect((await app.api('post', `/postbacks/${postbackId}/replay`)).status).toBe(409);
  });

  it('is refused in the query too, of a postback and of a pixel', async () => {
    const query = '%61%3d&'.repeat(2_000);
    expect(answerOf(await app.postback(network, query)).reason).toBe('malformed_request');
    const pixel = await app.plain('get', `/pixel/${network.pixelKey}.gif?${query}`);
    expect(pixel.headers['x-hopback-reason']).toBe('malformed_request');
  });

  it('is refused as JSON before it is parsed, and its beginning is kept without secrets', async () => {
    const body = `{"token":"secret-1","list":[${'1,'.repeat(20_000)}1]}`;
    const { postbackId, reason } = await sent(`/postback/${network.key}`, body, 'application/json');
    expect(reason).toBe('malformed_request');
    const entry = await app.postbackEntry(postbackId);
    expect(entry.hint).toContain('more than 5000 values');
    expect(entry.body.length).toBeLessThan(9_000);
    expect(entry.body).toContain('"token":"***"');
  });

  it('is one with few, where the others are empty', async () => {
    const { clickId } = await app.clickedLink();
    const body = `click_id=${clickId}${'&'.repeat(5_000)}&amp;&amp;event=lead`;
    expect(await sent(`/postback/${network.key}`, body)).toMatchObject({ verdict: 'accepted' });
  });

  it('fills the log of its network no further than some MiB', async () => {
    const noisy = await app.createNetwork();
    const body = `junk=${'x'.repeat(60_000)}`;
    const ids: string[] = [];
    // 16 MiB and some more.
    for (let i = 0; i < 300; i++) ids.push((await sent(`/postback/${noisy.key}`, body)).postbackId);
    const first = await app.postbackEntry(ids[0] ?? '');
    const last = await app.postbackEntry(ids.at(-1) ?? '');
    expect(first.body).toHaveLength(body.length);
    expect(last.body).toHaveLength(1_000);
    expect(last.hint).toMatch(/More than 16 MiB of refused requests.*only the beginning of this one is kept/);
    expect(last.waitsUntil).toBeNull();
    const { text } = await app.plain('get', '/metrics');
    expect(Number(/^hopback_postbacks_shortened_total (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(5);
    // A request that a corrected mapping could resolve is kept whole, and one that counts is never shortened.
    const { clickId } = await app.clickedLink();
    const short = answerOf(await app.postback(noisy, `click_id=${clickId}&event=nonsense`));
    expect(await app.postbackEntry(short.postbackId)).toMatchObject({ query: `click_id=${clickId}&event=nonsense` });
    expect((await app.postbackEntry(short.postbackId)).waitsUntil).not.toBeNull();
    expect((await app.goodPostback(noisy, `click_id=${clickId}&event=lead&note=${'x'.repeat(9_000)}`)).verdict).toBe(
      'accepted',
    );
    // And others have their own room.
    const other = await sent(`/postback/${network.key}`, body);
    expect((await app.postbackEntry(other.postbackId)).body).toHaveLength(body.length);
  }, 60_000);
});

describe('S7 a JSON postback nested', () => {
  const nested = (depth: number): string => `{"click_id":"x","a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;

  it.each([32, 64, 3_000, 5_500, 6_500, 9_000])('%i deep is refused with 422 and logged', async (depth) => {
    const { postbackId, verdict, reason } = await sent(`/postback/${network.key}`, nested(depth), 'application/json');
    expect({ verdict, reason }).toEqual({ verdict: 'rejected', reason: 'malformed_request' });
    expect((await app.postbackEntry(postbackId)).hint).toContain('nested too deep');
  });

  it('no more than 30 deep is read', async () => {
    const { clickId } = await app.clickedLink();
    const body = nested(30).replace('"x"', `"${clickId}","event":"lead"`);
    expect(await sent(`/postback/${network.key}`, body, 'application/json')).toMatchObject({ verdict: 'accepted' });
  });

  it('within a form, a list or a text of JSON makes no error either', async () => {
    const deep = nested(1_000);
    for (const [body, type] of [
      [`data=${encodeURIComponent(deep)}`, form],
      [`[${deep}]`, 'application/json'],
      [JSON.stringify(deep), 'application/json'],
      [`payload=${encodeURIComponent(JSON.stringify(deep))}`, form],
    ] as const) {
      const response = await app.plain('post', `/postback/${network.key}`).set('content-type', type).send(body);
      expect(response.status).toBe(422);
    }
  });
});

describe('S10 a signed postback', () => {
  const signed = (pairs: [string, string][], secret = SECRET): string => {
    const parameters = pairs.map(([name, value]) => ({ name, value }));
    return new URLSearchParams([...pairs, ['sig', signatureOf(canonicalText(parameters, 'sig'), secret)]]).toString();
  };
  const pairsFor = (clickId: string, more: Record<string, string> = {}): [string, string][] =>
    Object.entries({ click_id: clickId, event: 'deposit', payout: '50', ts: now(), ...more });
  const now = (): string => String(Math.floor(Date.now() / 1_000));
  const counting = (fields = {}): Promise<NetworkResponse> =>
    app.createNetwork({ security: { hmac: HMAC }, repeats: { deposit: 'count' }, ...fields });

  it('that is sent again counts once, however it is written', async () => {
    const { clickId } = await app.clickedLink();
    const own = await counting();
    const pairs = pairsFor(clickId);
    const query = signed(pairs);
    const signature = new URLSearchParams(query).get('sig') ?? '';
    expect((await app.goodPostback(own, query)).verdict).toBe('accepted');
    const asJson = { ...Object.fromEntries(pairs), sig: signature };
    const again = [
      await app.postback(own, query),
      await app.postback(own, query).set('user-agent', 'another').set('x-forwarded-for', '203.0.113.1'),
      await app.postback(own, query.replace(signature, signature.toUpperCase())),
      await app.postback(own, query.split('&').toReversed().join('&')),
      await app.postback(own, `${query}&sig=${signature}&SIG=`),
      await app.plain('post', `/postback/${own.key}`).set('content-type', form).send(query),
      await app.plain('post', `/postback/${own.key}`).send(asJson),
    ];
    for (const response of again) expect(response.body).toMatchObject({ verdict: 'duplicate' });
    // Another value under the signature's name was not signed.
    expect((await app.postback(own, `${query}&SIG=${'0'.repeat(64)}`)).status).toBe(403);
    expect(await conversionsOf(clickId)).toHaveLength(1);
  });

  it('that another request signs counts as another one', async () => {
    const { clickId } = await app.clickedLink();
    const own = await counting();
    const first = pairsFor(clickId);
    const second = pairsFor(clickId, { ts: String(Number(now()) - 1) });
    expect((await app.goodPostback(own, signed(first))).verdict).toBe('accepted');
    expect((await app.goodPostback(own, signed(second))).verdict).toBe('accepted');
    // The same text in the same second is the same message; a transaction id tells two apart.
    expect((await app.goodPostback(own, signed(first))).verdict).toBe('duplicate');
    expect((await app.goodPostback(own, signed([...first, ['txid', 'T-1']]))).verdict).toBe('accepted');
    expect((await app.goodPostback(own, signed([...first, ['txid', 'T-2']]))).verdict).toBe('accepted');
    expect(await conversionsOf(clickId)).toHaveLength(4);
  });

  it('is the same when it is run again from the log, which does not have its signature', async () => {
    const { clickId } = await app.clickedLink();
    const own = await counting();
    const query = signed(pairsFor(clickId));
    const { postbackId } = await app.goodPostback(own, query);
    const { body } = await app.api('post', `/postbacks/${postbackId}/replay`);
    expect(body).toMatchObject({ verdict: 'duplicate' });
    expect(JSON.stringify(await app.postbackEntry(postbackId))).not.toContain(new URLSearchParams(query).get('sig'));
    // One that came to an earlier release is known by its own id, as then.
    const postbacks = app.connection.collection('postbacks');
    const conversions = app.connection.collection('conversions');
    await postbacks.updateOne({ _id: postbackId as never }, { $unset: { signed: 1 } });
    await conversions.updateOne({ clickId }, { $set: { dedupeKey: `once:deposit:${postbackId}` } });
    expect((await app.api('post', `/postbacks/${postbackId}/replay`)).body).toMatchObject({ verdict: 'duplicate' });
    expect(await conversionsOf(clickId)).toHaveLength(1);
  });

  it('of a share of revenue belongs to the day on which it was signed', async () => {
    const { clickId } = await app.clickedLink();
    const own = await app.createNetwork({ security: { hmac: { ...HMAC, timestampParam: 'signed_at' } } });
    const yesterday = String(Math.floor(Date.now() / 1_000) - 86_000);
    const pairs = Object.entries({ click_id: clickId, event: 'revshare', payout: '5', signed_at: yesterday });
    const { conversionId = '' } = await app.goodPostback(own, signed(pairs));
    expect((await app.conversion(conversionId)).convertedAt).toBe(new Date(Number(yesterday) * 1_000).toISOString());
  });

  it.each([
    ['txid', {}],
    ['TID', {}],
    ['amount_usd', {}],
    ['chk', { mapping: { params: { txid: ['Chk'] } } }],
  ])('does not carry its signature in a parameter that is read: %s', async (param, fields) => {
    const body = { name: 'Bad', ...fields, security: { hmac: { ...HMAC, param } } };
    expectInvalid(await app.api('post', '/networks').send(body), 'security.hmac.param');
    const { id } = await app.createNetwork(fields);
    expectInvalid(await app.api('patch', `/networks/${id}`).send({ security: body.security }), 'security.hmac.param');
  });

  it('of a network whose signature was also read as a value still works', async () => {
    const { id } = await app.createNetwork({ security: { hmac: HMAC } });
    await app.connection
      .collection('networks')
      .updateOne({ _id: id as never }, { $set: { 'security.hmac.param': 'txid' } });
    expect((await app.api('patch', `/networks/${id}`).send({ mapping: { events: { a: 'lead' } } })).status).toBe(200);
    expect((await app.api('patch', `/networks/${id}`).send({ security: { ips: ['192.0.2.1'] } })).status).toBe(200);
  });
});

describe('S11 what pages tell', () => {
  const pixel = (key: string | null, query: string) => app.plain('get', `/pixel/${key}.gif?${query}`);
  const track = (key: string | null, clickId: string) =>
    app.plain('post', '/api/v1/track').send({ key, clickId, event: 'sale', payout: '50' });

  it('is refused under the secret key, with what to do, and can be run again', async () => {
    const { clickId } = await app.clickedLink();
    const image = await pixel(network.key, `click_id=${clickId}&event=sale&payout=50`);
    expect(image.status).toBe(200);
    expect(image.headers['content-type']).toBe('image/gif');
    expect(image.headers['x-hopback-reason']).toBe('secret_key');
    const told = await track(network.key, clickId);
    expect({ status: told.status, body: told.body as object }).toMatchObject({
      status: 403,
      body: { verdict: 'rejected', reason: 'secret_key' },
    });
    expect(await conversionsOf(clickId)).toEqual([]);
    const { postbackId } = answerOf(told);
    expect((await app.postbackEntry(postbackId)).hint).toContain("put the network's pixelKey into the page");
    const { body } = await app.api('post', `/postbacks/${postbackId}/replay`);
    expect(body).toMatchObject({ verdict: 'accepted' });
    expect(await conversionsOf(clickId)).toMatchObject([
      { status: 'approved', flags: expect.arrayContaining(['pixel_only']) as string[] },
    ]);
  });

  it('is refused under the key before the last rotation, too', async () => {
    const own = await app.createNetwork();
    await app.api('post', `/networks/${own.id}/rotate-key`);
    const { clickId } = await app.clickedLink();
    expect((await pixel(own.key, `click_id=${clickId}&event=lead`)).headers['x-hopback-reason']).toBe('secret_key');
    expect((await track(own.key, clickId)).status).toBe(403);
  });

  it('is added to a network of an earlier release when it is saved', async () => {
    const own = await app.createNetwork();
    const changes = { $set: { pixelKey: null, updatedAt: new Date() } };
    await app.connection.collection('networks').updateOne({ _id: own.id as never }, changes);
    const { clickId } = await app.clickedLink();
    const { postbackId } = answerOf(await track(own.key, clickId));
    expect((await app.postbackEntry(postbackId)).hint).toContain('save the network once more');
    const { body } = await app.api('patch', `/networks/${own.id}`).send({ name: 'Saved' });
    const { pixelKey } = body as NetworkResponse;
    expect(pixelKey).toMatch(/^[0-9A-Za-z]{24}$/);
    expect((await track(pixelKey, clickId)).body).toMatchObject({ verdict: 'accepted' });
  });

  it.each([
    ['ips', { ips: ['192.0.2.1/32'] }],
    ['token', { token: { param: 'token', value: 'open sesame' } }],
    ['hmac', { hmac: HMAC }],
  ])('waits for approval at a network that asks for %s, and says so', async (_, security) => {
    const own = await app.createNetwork({ security });
    const [one, other] = [await app.clickedLink(), await app.clickedLink()];
    const query = `event=sale&payout=500&status=approved`;
    const image = await pixel(own.pixelKey, `click_id=${one.clickId}&${query}`);
    expect(image.headers['x-hopback-verdict']).toBe('accepted');
    const { postbackId } = answerOf(await track(own.pixelKey, other.clickId));
    expect((await app.postbackEntry(postbackId)).hint).toMatch(/a page cannot have: it is pending/);
    for (const { clickId } of [one, other]) {
      expect(await conversionsOf(clickId)).toMatchObject([
        { status: 'pending', flags: expect.arrayContaining(['pixel_only']) as string[] },
      ]);
    }
    const [{ id } = { id: '' }] = await conversionsOf(one.clickId);
    await app.api('patch', `/conversions/${id}`).send({ status: 'approved' });
  });

  it('stays as it was reported before the network required anything', async () => {
    const own = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    await track(own.pixelKey, clickId);
    await app.api('patch', `/networks/${own.id}`).send({ security: { ips: ['192.0.2.1/32'] } });
    expect((await track(own.pixelKey, clickId)).body).toMatchObject({ verdict: 'duplicate' });
    expect(await conversionsOf(clickId)).toMatchObject([{ status: 'approved' }]);
  });
});

describe('one workspace', () => {
  it('has five bulk replays at once at most, and other workspaces are served too', async () => {
    const other = await app.createWorkspace();
    const order = (key: string) => app.api('post', '/postbacks/replay', key).send({ filter: {}, dryRun: true });
    await app.connection.collection('bulkReplays').insertMany(
      Array.from({ length: 5 }, (_, i) => ({
        _id: `rpl_full${i}` as never,
        workspaceId: other.id,
        state: 'running',
        leaseUntil: new Date(Date.now() + 600_000),
        expiresAt: new Date(Date.now() + 600_000),
      })),
    );
    const refused = await order(other.apiKey);
    expect(expectProblem(refused, 429).detail).toContain('5 bulk replays that have not ended');
    expect(refused.headers['retry-after']).toBe('30');
    expect((await order(app.apiKey)).status).toBe(202);
    await app.connection.collection('bulkReplays').deleteMany({ workspaceId: other.id });
    expect((await order(other.apiKey)).status).toBe(202);
  });

  it('has three exports under way at most, of any kind, and room again when one has ended', async () => {
    const { id, apiKey } = await app.createWorkspace();
    async function* slowly(): AsyncGenerator<number> {
      for (let i = 0; ; i++) yield i;
    }
    const underWay = [1, 2, 3].map(() => exportsUnderWay.rows(id, slowly()));
    for (const rows of underWay) await rows.next();
    for (const path of ['/postbacks/export', '/conversions/export', '/clicks/export', '/workspaces/export']) {
      expect(expectProblem(await app.api('get', path, apiKey), 429).detail).toContain('3 exports under way');
      expect((await app.api('get', path)).status).toBe(200);
    }
    await underWay[0]?.return(undefined);
    for (let i = 0; i < 5; i++) expect((await app.api('get', '/postbacks/export', apiKey)).status).toBe(200);
    for (const rows of underWay) await rows.return(undefined);
  });
});

describe('S18 a key that may only read networks', () => {
  it('sees their keys masked, in every field', async () => {
    const { id } = await app.createNetwork({ preset: 'keitaro' });
    const rotated = (await app.api('post', `/networks/${id}/rotate-key`)).body as NetworkResponse;
    const reader = await app.createKey(['networks:read', 'postbacks:read', 'postbacks:write', 'audit:read']);
    const secrets = [rotated.key, rotated.oldKey, rotated.pixelKey].map(String);
    const answers = [
      await app.api('get', `/networks/${id}`, reader),
      await app.api('get', '/networks?limit=100', reader),
      await app.api('get', '/audit-log?limit=100', reader),
      await app.api('post', `/networks/${id}/preview`, reader).send({ query: 'click_id=x' }),
      await app.api('post', `/networks/${id}/test`, reader).send({}),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
    const shown = answers[0]?.body as NetworkResponse;
    expect(shown.key).toBe(`***${rotated.key.slice(-3)}`);
    expect(shown.postbackUrl).toContain(`/postback/***${rotated.key.slice(-3)}?`);
    const writer = await app.createKey(['networks:read', 'networks:write']);
    expect((await app.api('get', `/networks/${id}`, writer).then(({ body }) => body as NetworkResponse)).key).toBe(
      rotated.key,
    );
  });
});

// Last: of several apps in one process, the one that started last checks all keys (docs/traps.md).
describe('S6 an address that asks for pixels again and again', () => {
  it('gets the image with 429, on every address block its own, and nothing counts', async () => {
    limited = await TestApp.start({
      sharing: app,
      env: { RATE_LIMIT_ADDRESS: '5', TRUSTED_PROXIES: '127.0.0.1' },
    });
    const { clickId } = await app.clickedLink();
    const ask = (ip: string, event: string) =>
      limited!
        .plain('get', `/pixel/${network.pixelKey}.gif?click_id=${clickId}&event=${event}`)
        .set('x-forwarded-for', ip);
    // The process counts for itself until it hears Redis: then five more may pass.
    for (let i = 0; i < 5; i++) expect((await ask('203.0.113.177', 'lead')).status).toBe(200);
    const refused = await eventually(
      () => Promise.resolve(ask('203.0.113.177', 'lead')),
      ({ status }) => status === 429,
    );
    expect(refused.headers).toMatchObject({
      'content-type': 'image/gif',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'x-hopback-reason': 'too_many_requests',
      'retry-after': expect.stringMatching(/^\d+$/) as string,
    });
    expect(refused.body as Buffer).toHaveLength(43);
    expect(await conversionsOf(clickId)).toHaveLength(1);
    expect((await ask('203.0.113.178', 'sale')).status).toBe(200);
  }, 60_000);
});
