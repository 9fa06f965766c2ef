import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

/** The same GET, answered before Nest and, as it says that it has a body of no bytes, by Nest. */
const bothWays = async (path: string, headers: Record<string, string> = {}): Promise<[Response, Response]> => {
  const ask = (more: Record<string, string>) => app.plain('get', path).set({ ...headers, ...more });
  return [await ask({}), await ask({ 'content-length': '0' })];
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
    const [plain, byNest] = await bothWays(`/postback/${network.key}?${query}`);
    expect(plain.status).toBe(status);
    expect(comparable(plain)).toEqual(comparable(byNest));
  });

  it('is answered as any other when it counts, and when it is told again', async () => {
    const network = await app.createNetwork();
    const { clickId } = await app.clickedLink();
    const path = `/postback/${network.key}?click_id=${clickId}&event=ftd&payout=50&txid=T-1`;
    expect((await app.plain('get', path)).body).toMatchObject({ verdict: 'accepted' });
    const [plain, byNest] = await bothWays(path);
    expect(plain.body).toMatchObject({ verdict: 'duplicate', conversionId: expect.stringMatching(/^cnv_/) });
    expect(comparable(plain)).toEqual(comparable(byNest));
  });

  it('is answered as any other when no network has its key', async () => {
    const [plain, byNest] = await bothWays(`/postback/${'x'.repeat(24)}?event=ftd`);
    expect(plain.status).toBe(404);
    expect(comparable(plain)).toEqual(comparable(byNest));
  });

  it('is answered as any other when its network has sent more than it may', async () => {
    const network = await app.createNetwork({ security: { ratePerMinute: 60 } });
    await Promise.all(Array.from({ length: 90 }, () => app.postback(network, 'event=x')));
    // A token that comes in between lets one of the two in.
    const [plain, byNest] = await eventually(
      () => bothWays(`/postback/${network.key}?event=x`),
      (answers) => answers.every(({ status }) => status === 429),
    );
    expect(Number(plain.headers['retry-after'])).toBeGreaterThan(0);
    expect(comparable(plain)).toEqual(comparable(byNest));
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
});
