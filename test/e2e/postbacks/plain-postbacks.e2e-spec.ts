import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

/** Header lines that make another read a GET: Node's server one with a name given twice; one that says that it has a body (of no bytes) is read with it. */
const READ_BY = { front: {}, node: { 'x-twice': ['1', '2'] }, body: { 'content-length': '0' } };
const ask = (path: string, by: keyof typeof READ_BY) => app.plain('get', path).set(READ_BY[by]);
/** The same GET, read by the front, by Node's server, and with a body. */
const allWays = async (path: string): Promise<[Response, Response, Response]> => [
  await ask(path, 'front'),
  await ask(path, 'node'),
  await ask(path, 'body'),
];
const expectTheSame = (answers: Response[]): void => {
  const [first, ...others] = answers.map(comparable);
  for (const other of others) expect(other).toEqual(first);
};
/** What is another with each answer. */
const comparable = ({ status, headers, text }: Response) => ({
  status,
  headers: { ...headers, date: '', 'x-request-id': '' },
  text: text.replaceAll(/"(postbackId|requestId)":"[^"]+"/g, '"$1":""'),
});

describe('a postback by a plain GET', () => {
  it.each([
    ['a rejected one', 'event=ftd', {}, 422],
    ['a rejected one, as text', 'event=ftd', { answer: { text: true } }, 422],
    ['a rejected one that is to be answered 200', 'event=ftd', { answer: { alwaysOk: true } }, 200],
    ['both', 'event=ftd', { answer: { alwaysOk: true, text: true } }, 200],
    ['one that may not post', 'event=ftd', { security: { ips: ['203.0.113.0/24'] } }, 403],
  ])('is answered as any other: %s', async (_, query, fields, status) => {
    const network = await app.createNetwork(fields);
    const [plain, ...others] = await allWays(`/postback/${network.key}?${query}`);
    expect(plain.status).toBe(status);
    expectTheSame([plain, ...others]);
  });

  it('is answered as any other when it counts, and when it is repeated', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const path = `/postback/${network.key}?click_id=${clickId}&event=ftd&payout=50&txid=T-1`;
    expect((await app.plain('get', path)).body).toMatchObject({ verdict: 'accepted' });
    const [plain, ...others] = await allWays(path);
    expect(plain.body).toMatchObject({ verdict: 'duplicate', conversionId: expect.stringMatching(/^cnv_/) });
    expectTheSame([plain, ...others]);
  });

  it('is answered as any other when no network has its key', async () => {
    const [plain, ...others] = await allWays(`/postback/${'x'.repeat(24)}?event=ftd`);
    expect(plain.status).toBe(404);
    expectTheSame([plain, ...others]);
  });

  it('is answered as any other when its network has sent more than it may', async () => {
    const network = await app.createNetwork({ security: { ratePerMinute: 60 } });
    await Promise.all(Array.from({ length: 90 }, () => app.postback(network, 'event=x')));
    // A token that comes in between lets one of them in.
    const [plain, ...others] = await eventually(
      () => allWays(`/postback/${network.key}?event=x`),
      (answers) => answers.every(({ status }) => status === 429),
    );
    expect(Number(plain.headers['retry-after'])).toBeGreaterThan(0);
    expectTheSame([plain, ...others]);
  });

  it('does not take the key of pages', async () => {
    const { pixelKey } = await app.createNetwork();
    expect((await app.plain('get', `/postback/${pixelKey}?event=ftd`)).status).toBe(404);
  });

  it('keeps the request id of the caller', async () => {
    const { key } = await app.createNetwork();
    const response = await app.plain('get', `/postback/${key}?event=x`).set('x-request-id', 'abc-1');
    expect(response.headers['x-request-id']).toBe('abc-1');
  });

  it('is in the log with all its headers, and in the metrics', async () => {
    const network = await app.createNetwork();
    const { body } = await app.plain('get', `/postback/${network.key}?event=x&y=1`).set('x-brand', 'Casino');
    const { postbackId } = body as { postbackId: string };
    const logged = await app.api('get', `/postbacks/${postbackId}`);
    expect(logged.body).toMatchObject({ method: 'GET', query: 'event=x&y=1', body: '' });
    expect(JSON.stringify(logged.body)).toContain('Casino');
    const { text } = await app.plain('get', '/metrics');
    expect(text).toMatch(
      /hopback_http_request_duration_seconds_count\{method="GET",route="\/postback\/:key",status="422"\} [1-9]/,
    );
  });

  it('is answered by the documented routes alike, should it come to them', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const path = `/postback/${network.key}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const inject = (method: 'GET' | 'POST', url: string, payload?: string) =>
      app.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    const accepted = await inject('POST', path, `click_id=${clickId}&event=lead`);
    expect([accepted.statusCode, accepted.json()]).toEqual([200, expect.objectContaining({ verdict: 'accepted' })]);
    expect((await inject('GET', `${path}?click_id=${clickId}&event=lead`)).json()).toMatchObject({
      verdict: 'duplicate',
    });
    expect((await inject('POST', path, 'x'.repeat(65_537))).statusCode).toBe(413);
    expect((await inject('GET', `/postback/${'x'.repeat(24)}`)).statusCode).toBe(404);
  });
});
