import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

describe('GET /hopback.js', () => {
  const get = (host = 'localhost') => app.plain('get', '/hopback.js').set('host', host);

  it('is a script of less than 3 KB on every host, which any page may load', async () => {
    const { hostname } = await app.createWorkspace();
    for (const host of ['localhost', hostname, 'nobody.example']) {
      const response = await get(host);
      expect(response.status).toBe(200);
      expect(response.headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(Number(response.headers['content-length'])).toBeLessThan(3 * 1024);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await get();
    const etag = String(headers['etag']);
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await get().set('if-none-match', known);
      expect({ status: response.status, text: response.text }).toEqual({ status: 304, text: '' });
      expect(response.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=3600' });
    }
    expect((await get().set('if-none-match', '"other"')).status).toBe(200);
  });

  it('may be asked by HEAD', async () => {
    const [whole, head] = [await get(), await app.plain('head', '/hopback.js')];
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
  });
});
