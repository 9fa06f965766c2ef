import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
let network: NetworkResponse;
let brandedHost: string;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
  brandedHost = (await app.createWorkspace()).hostname;
});
afterAll(() => app.close());

/** The postbacks of a click, newest first. */
const logOf = async (clickId: string): Promise<PostbackResponse[]> => {
  const response = await app.api('get', `/postbacks?clickId=${clickId}`);
  return (response.body as { data: PostbackResponse[] }).data;
};

const conversionOf = async (clickId: string) => {
  const [entry] = await logOf(clickId);
  return app.conversion(entry?.conversionId ?? 'none');
};

describe('the pixel', () => {
  const pixel = (query: string, key = network.pixelKey ?? '') => app.plain('get', `/pixel/${key}.gif${query}`);

  const expectGif = (response: Response, status: number, verdict?: string, reason?: string): void => {
    expect({
      status: response.status,
      type: response.headers['content-type'],
      cache: response.headers['cache-control'],
      origin: response.headers['access-control-allow-origin'],
      policy: response.headers['cross-origin-resource-policy'],
      verdict: response.headers['x-hopback-verdict'],
      reason: response.headers['x-hopback-reason'],
    }).toEqual({
      status,
      type: 'image/gif',
      cache: 'no-store',
      origin: '*',
      policy: 'cross-origin',
      verdict,
      reason,
    });
    const image = response.body as Buffer;
    expect(image).toHaveLength(43);
    expect(image.subarray(0, 6).toString('latin1')).toBe('GIF89a');
  };

  it('makes a conversion of what its query says', async () => {
    const { link, clickId } = await app.clickedLink();
    expectGif(await pixel(`?click_id=${clickId}&event=ftd&payout=50,5&currency=USD&txid=T-1`), 200, 'accepted');
    expect(await conversionOf(clickId)).toMatchObject({
      linkId: link.id,
      networkId: network.id,
      eventType: 'ftd',
      status: 'approved',
      payout: { amount: '50.50', currency: 'USD' },
      txid: 'T-1',
    });
    expectGif(await pixel(`?click_id=${clickId}&event=ftd&payout=50,5&currency=USD&txid=T-1`), 200, 'duplicate');
  });

  it.each(['', 'click_id=&', 'click_id={click_id}&'])(
    'takes the click id from the cookie where the query has none: "%s"',
    async (prefix) => {
      const { clickId } = await app.clickedLink();
      const cookie = `a=b; xhopback_click=${'0'.repeat(31)}; hopback_click=${clickId}; c=d`;
      expectGif(await pixel(`?${prefix}event=registration`).set('cookie', cookie), 200, 'accepted');
      expect(await conversionOf(clickId)).toMatchObject({ clickId, eventType: 'registration' });
    },
  );

  it('takes the query’s click id rather than the cookie’s', async () => {
    const [{ clickId }, other] = [await app.clickedLink(), await app.clickedLink()];
    const response = pixel(`?event=lead&CLICK_ID=${clickId}`).set('cookie', `hopback_click=${other.clickId}`);
    expectGif(await response, 200, 'accepted');
    expect(await conversionOf(clickId)).toMatchObject({ clickId });
    expect(await logOf(other.clickId)).toEqual([]);
  });

  it.each([
    ['', undefined, 'missing_click_id'],
    ['?event=lead', 'hopback_click=short', 'missing_click_id'],
    [`?click_id=${'A'.repeat(31)}`, undefined, 'forged_click_id'],
    ['?click_id=<id>&event=nonsense', undefined, 'unmapped_event'],
    ['?click_id=<id>&payout=much', undefined, 'invalid_amount'],
  ])('is an image when it is rejected, too: %s with the cookie %s', async (query, cookie = '', reason) => {
    const { clickId } = await app.clickedLink();
    expectGif(await pixel(query.replace('<id>', clickId)).set('cookie', cookie), 200, 'rejected', reason);
  });

  it('is an image and a 404 when its key is none', async () => {
    expectGif(await pixel('?event=lead', 'x'), 404);
    expectGif(await pixel('?event=lead', '0'.repeat(24)), 404);
  });

  it('makes nothing of a HEAD', async () => {
    const { clickId } = await app.clickedLink();
    const response = await app.plain('head', `/pixel/${network.pixelKey}.gif?click_id=${clickId}&event=lead`);
    expect(response.status).toBe(200);
    expect(response.headers['content-length']).toBe('43');
    expect(response.headers['x-hopback-verdict']).toBe('ignored');
    expect(await logOf(clickId)).toMatchObject([{ method: 'HEAD', verdict: 'ignored', conversionId: null }]);
  });

  it('is read under our names though the network maps its own', async () => {
    const mapping = { params: { click_id: ['tid'], payout: ['sum'] }, events: { done: 'qualified' } };
    const { pixelKey } = await app.createNetwork({ mapping });
    const { clickId } = await app.clickedLink();
    expectGif(await pixel(`?click_id=${clickId}&event=done&payout=7`, pixelKey ?? ''), 200, 'accepted');
    expect(await conversionOf(clickId)).toMatchObject({ eventType: 'qualified', payout: { amount: '7.00' } });
  });

  it('is answered on every host, and keeps the cookie out of the log', async () => {
    const { clickId } = await app.clickedLink();
    const cookie = `hopback_click=${clickId}; session=secret`;
    for (const host of [brandedHost, 'nobody.example']) {
      const response = await pixel('?event=lead').set('host', host).set('cookie', cookie);
      expect(response.headers['x-hopback-verdict']).toMatch(/^(accepted|duplicate)$/);
    }
    const [entry] = await logOf(clickId);
    expect(entry).toMatchObject({ method: 'GET', query: `event=lead&click_id=${clickId}` });
    expect(JSON.stringify(entry)).not.toContain('secret');
  });

  it('cannot be hidden by a link', async () => {
    for (const slug of [`pixel/${network.key}.gif`, 'pixel', 'hopback.js', 'api/v1/track']) {
      expectInvalid(await app.api('post', '/links').send({ url: 'https://shop.example/', slug }), 'slug');
    }
  });
});

describe('POST /api/v1/track', () => {
  const track = (body: object | string, type = 'application/json', host = 'localhost') =>
    app
      .plain('post', '/api/v1/track')
      .set('host', host)
      .set('origin', 'https://brand.example')
      .set('content-type', type)
      .send(typeof body === 'string' ? body : JSON.stringify(body));

  it.each(['application/json', 'text/plain;charset=UTF-8', 'text/plain', 'application/json; charset=utf-8'])(
    'accepts a page’s report as %s',
    async (type) => {
      const { clickId } = await app.clickedLink();
      const told = { event: 'deposit', payout: '50.00', currency: 'usd', txid: `T & ${clickId}`, playerId: 'p-7' };
      const response = await track({ key: network.pixelKey, clickId, ...told }, type);
      expect({ status: response.status, body: response.body as object }).toEqual({
        status: 200,
        body: {
          verdict: 'accepted',
          conversionId: expect.stringMatching(/^cnv_/),
          postbackId: expect.stringMatching(/^pbk_/),
        },
      });
      expect(response.headers['access-control-allow-origin']).toBe('*');
      expect(response.headers['access-control-allow-credentials']).toBeUndefined();
      expect(await conversionOf(clickId)).toMatchObject({
        eventType: 'deposit',
        payout: { amount: '50.00', currency: 'USD' },
        txid: `T & ${clickId}`,
      });
      const [entry] = await logOf(clickId);
      expect(entry).toMatchObject({
        method: 'POST',
        query: '',
        body: `click_id=${clickId}&event=deposit&payout=50.00&currency=usd&txid=T+%26+${clickId}&player_id=p-7`,
      });
    },
  );

  it('answers a repeat like a postback', async () => {
    const { clickId } = await app.clickedLink();
    const told = { key: network.pixelKey, clickId, event: 'registration' };
    const { body: first } = await track(told);
    const { body: second } = await track(told);
    const { conversionId } = first as { conversionId: string };
    expect(second).toMatchObject({ verdict: 'duplicate', conversionId });
  });

  it.each([
    [{ clickId: 'A'.repeat(31) }, 'forged_click_id'],
    [{ clickId: 'nonsense' }, 'malformed_click_id'],
    [{ event: 'nonsense' }, 'unmapped_event'],
    [{ payout: 'much' }, 'invalid_amount'],
  ])('is a 422 with its reason, and in the log, when it is rejected: %j', async (fields, reason) => {
    const { clickId } = await app.clickedLink();
    const response = await track({ key: network.pixelKey, clickId, event: 'lead', ...fields });
    expect({ status: response.status, body: response.body as object }).toEqual({
      status: 422,
      body: { verdict: 'rejected', reason, postbackId: expect.stringMatching(/^pbk_/) },
    });
    const { postbackId } = response.body as { postbackId: string };
    expect(await app.postbackEntry(postbackId)).toMatchObject({ verdict: 'rejected', reason });
  });

  it('is a 422 problem that names every bad field', async () => {
    expectInvalid(await track({}), 'key', 'clickId', 'event');
    const good = { key: network.pixelKey, clickId: 'x', event: 'lead' };
    const bad = { payout: {}, currency: 'x'.repeat(41), txid: [], playerId: 'x'.repeat(201), sub1: 'x' };
    expectInvalid(await track({ ...good, ...bad }), 'payout', 'currency', 'txid', 'playerId', 'sub1');
    expectInvalid(await track({ ...good, key: ['x'] }, 'text/plain'), 'key');
  });

  it('is a 404 problem when its key is none', async () => {
    expectProblem(await track({ key: '0'.repeat(24), clickId: 'x', event: 'lead' }), 404);
  });

  it.each(['', '{', '[]', 'null', '"x"', 'key=x'])('is a 400 problem when it is no JSON object: %s', async (body) => {
    expectProblem(await track(body), 400);
    expectProblem(await track(body, 'text/plain'), 400);
  });

  it('is a 415 problem under another content type, and a 413 problem when it is too large', async () => {
    expectProblem(await track('key=x', 'application/x-www-form-urlencoded'), 415);
    const told = { key: network.pixelKey, clickId: 'x', event: 'lead' };
    expectProblem(await track({ ...told, txid: 'x'.repeat(64 * 1024) }, 'text/plain'), 413);
    expectProblem(await track({ ...told, txid: 'x'.repeat(1024 * 1024) }), 413);
  });

  it.each(['{', '{}', `{"key":"${'0'.repeat(24)}","clickId":"x","event":"lead"}`])(
    'lets a page of any origin read its problem: %s',
    async (body) => {
      expect((await track(body)).headers['access-control-allow-origin']).toBe('*');
    },
  );

  it('answers the preflight of any origin on every host', async () => {
    for (const host of ['localhost', brandedHost, 'nobody.example']) {
      const response = await app
        .plain('options', '/api/v1/track')
        .set('host', host)
        .set('origin', 'https://brand.example')
        .set('access-control-request-method', 'POST')
        .set('access-control-request-headers', 'content-type');
      expect(response.status).toBe(204);
      expect(response.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'Content-Type',
      });
      expect(response.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it('is answered on every host', async () => {
    const { clickId } = await app.clickedLink();
    const told = { key: network.pixelKey, clickId, event: 'lead' };
    for (const host of [brandedHost, 'nobody.example']) {
      expect((await track(told, 'text/plain', host)).status).toBe(200);
    }
  });
});
