import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';

const OPEN_PAGES = ['welcome', 'sign-in', 'forgot', 'reset', 'invitation', 'email'];
const SIGNED_IN_PAGES = ['', 'start', 'members', 'security', 'sessions', 'links/lnk_x'];
/** Each address has the same page, one without a page of its own too. */
const PATHS = [...OPEN_PAGES, ...SIGNED_IN_PAGES, 'nothing'];

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

it.each(PATHS)('has strict headers: /app/%s', async (path) => {
  const { status, headers, text } = await app.plain('get', path === '' ? '/app' : `/app/${path}`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  const policy = String(headers['content-security-policy']);
  const [, nonce = ''] =
    /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-([\w-]{22})'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/.exec(
      policy,
    ) ?? [];
  expect(nonce).not.toBe('');
  expect(text).toContain(`content="${nonce}"`);
  const again = await app.plain('get', '/app');
  expect(again.headers['content-security-policy']).not.toContain(nonce);
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(text) ?? [];
  expect((await app.plain('get', script)).status).toBe(200);
});

it('has scripts that never change, and an icon that browsers ask for again; no other file is served', async () => {
  const { text } = await app.plain('get', '/app');
  const [, script = ''] = /src="(\/app\/assets\/[^"]+\.js)"/.exec(text) ?? [];
  const { headers, status } = await app.plain('get', script);
  expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  const again = await app.plain('get', script).set('if-none-match', String(headers['etag']));
  expect(again.status).toBe(304);
  const icon = await app.plain('get', '/app/assets/logo.svg');
  expect([icon.status, icon.headers['cache-control']]).toEqual([200, 'no-cache']);
  for (const path of [
    '/app/assets/nothing.js',
    '/app/assets/..%2Findex.html',
    '/app/assets/..%2F..%2Fpackage.json',
    '/app/assets/manifest.json',
  ])
    expect((await app.plain('get', path)).status, path).toBe(404);
});
