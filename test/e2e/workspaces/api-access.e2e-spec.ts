import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { ApiClient } from '../../support/api/api-client.js';
import { RawClient } from '../../support/raw-client.js';
import { report } from '../../support/security-report.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;
let api: ApiClient;
let port: number;
let link: LinkResponse;
/** Requests that were tried to get around the guard, and those that were shown a link. */
const bypasses = { tried: 0, bad: 0 };
let network: NetworkResponse;

beforeAll(async () => {
  app = await TestApp.start();
  api = new ApiClient(app.baseUrl, app.apiKey);
  port = Number(new URL(app.baseUrl).port);
  link = await app.createLink();
  network = await app.createNetwork();
});
afterAll(async () => {
  report({ name: 'bypass', what: 'paths, methods, headers', ...bypasses });
  await app.close();
});

/** One request on a connection of its own, its path as it is. */
const rawly = async (
  method: string,
  path: string,
  headers: string[] = [],
): Promise<{ status: number; body: string }> => {
  const client = await RawClient.open(port);
  try {
    const lines = [`${method} ${path} HTTP/1.1`, `Host: localhost:${port}`, 'Connection: close', ...headers];
    const answer = await client.ask(`${lines.join('\r\n')}\r\n\r\n`, method === 'HEAD');
    const isKeyed = headers.some((line) => line.startsWith('Authorization'));
    bypasses.tried += 1;
    if (!isKeyed && answer.body.includes(link.shortUrl)) bypasses.bad += 1; // an id that was asked for is named again
    return answer;
  } finally {
    client.socket.destroy();
  }
};

describe('a way around the guard', () => {
  const PATHS = [
    '/api/v1/%6cinks',
    '/api/v1/%6Cinks',
    '/%61pi/v1/links',
    '/api/v1/%2e/links',
    '//api/v1/links',
    '/api//v1/links',
    '/api/v1//links',
    '/api/v1/links/',
    '/api/v1/links//',
    '/api/v1/links/../links',
    '/api/v1/links/..%2flinks',
    '/api/v1/domains/../links',
    '/api/v1/./links',
    '/API/v1/links',
    '/api/v1/LINKS',
    '/api/v1/links;a=b',
    '/api/v1;/links',
    '/api/v1/links%00',
    '/api/v1/links%20',
    '/api/v1/links%3f',
    '/api/v1/links%23',
    '/api/v1/links?',
    '/api/v1/links#a',
    '/api/v1/links\\',
    '/api\\v1\\links',
    '/health/../api/v1/links',
    '/health/live/../../api/v1/links',
    '/postback/x/../../api/v1/links',
    '/api/docs/../v1/links',
    '/api/openapi.json/../v1/links',
    '/hopback.js/../api/v1/links',
    'http://localhost/api/v1/links',
    'http://evil.example/api/v1/links',
    '/api/v1/links?/health/live',
    '/api/v1/links?access_token=x',
    '*',
  ];

  it.each(PATHS)('is not %s', async (path) => {
    const { status, body } = await rawly('GET', path);
    expect(body).not.toContain(link.id);
    expect([400, 401, 403, 404]).toContain(status);
    // The key does not belong into a URL.
    const withKey = await rawly('GET', `${path}${path.includes('?') ? '&' : '?'}api_key=${app.apiKey}`);
    expect(withKey.body).not.toContain(link.id);
    expect([400, 401, 403, 404]).toContain(withKey.status);
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'PATCH', 'PUT', 'DELETE', 'GETS', 'get'])(
    'is not the method %s',
    async (method) => {
      const { status, body } = await rawly(method, '/api/v1/links');
      expect(body).not.toContain(link.id);
      expect([400, 401, 404, 405, 501]).toContain(status);
      const secret = 'X-Secret: of-this-request';
      const own = await rawly(method, `/api/v1/links/${link.id}`, [secret]);
      expect([400, 401, 404, 405, 501]).toContain(own.status);
      expect(own.body).not.toContain('of-this-request'); // as TRACE would
      expect((await app.api('get', `/links/${link.id}`)).status).toBe(200);
    },
  );

  it.each([
    'X-HTTP-Method-Override: DELETE',
    'X-HTTP-Method: DELETE',
    'X-Method-Override: DELETE',
    'X-Original-URL: /health/live',
    'X-Rewrite-URL: /health/live',
    'X-Forwarded-Prefix: /health',
    'X-Forwarded-For: 127.0.0.1',
    'X-Real-IP: 127.0.0.1',
    'X-Forwarded-User: admin',
    'X-Remote-User: admin',
    'X-Original-Method: GET',
    'Forwarded: for=127.0.0.1;host=localhost',
    'Cookie: authorization=Bearer x',
    'Proxy-Authorization: Bearer x',
  ])('is not the header %s', async (header) => {
    expect((await rawly('GET', '/api/v1/links', [header])).status).toBe(401);
    const key = `Authorization: Bearer ${app.apiKey}`;
    expect((await rawly('GET', `/api/v1/links/${link.id}`, [key, header])).status).toBe(200);
    expect((await rawly('POST', `/api/v1/links/${link.id}?_method=DELETE`, [key, header])).status).toBe(404);
    expect((await app.api('get', `/links/${link.id}`)).status).toBe(200);
  });

  it('is not a request hidden in another one', async () => {
    const hidden = `GET /api/v1/links HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    for (const framing of [
      `Content-Length: 0\r\nTransfer-Encoding: chunked`,
      `Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length}`,
      `Content-Length: 0\r\nContent-Length: ${hidden.length}`,
      `Transfer-Encoding: xchunked`,
      `Transfer-Encoding : chunked`,
      `Content-Length: +0`,
    ]) {
      const client = await RawClient.open(port);
      const { status } = await client.ask(
        `POST /api/v1/links HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\n${hidden}`,
      );
      expect(status, framing).toBe(400);
      await client.closed;
      expect(client.unread, framing).toBe('');
    }
  });
});

describe('a content type', () => {
  const EVIL = '{"url":"https://shop.example/","notAField":1}';

  it.each([
    'application/json',
    '\tapplication/json',
    ' application/json',
    'application/json\t',
    'application/json\t; charset=utf-8',
    'application/json ;charset=utf-8',
    'application/json; charset=utf-16',
    'application/json;',
    'application/json;;',
    'application/json,text/plain',
    'application/json, application/json',
    'APPLICATION/JSON',
    'application/vnd.api+json',
    'application/x+json; a="b;c"',
    'application/jsonx',
    'application/json/x',
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/x-hopback-streamed-csv',
    'text/csv',
    'a',
    '',
    '__proto__',
  ])('does not keep a body from being checked: %j', async (type) => {
    const { status, text } = await api.call('post', '/api/v1/links', { body: EVIL, headers: { 'content-type': type } });
    expect([400, 415, 422]).toContain(status);
    expect(text).not.toContain('lnk_');
  });

  it('that is sent twice does not either', async () => {
    const lines = ['Content-Type: application/json', 'Content-Type: text/plain', `Content-Length: ${EVIL.length}`];
    const client = await RawClient.open(port);
    const head = ['POST /api/v1/links HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${app.apiKey}`, ...lines];
    const { status } = await client.ask(`${head.join('\r\n')}\r\n\r\n${EVIL}`);
    client.socket.destroy();
    expect([400, 415, 422]).toContain(status);
  });

  it.each([
    ['deep objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['deep arrays', `{"url":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep operators', `{"url":${'{"$or":['.repeat(100)}1${']}'.repeat(100)}}`],
    ['__proto__', '{"url":"https://shop.example/","__proto__":{"paused":true}}'],
    ['an escaped __proto__', String.raw`{"url":"https://shop.example/","\u005f_proto__":{"paused":true}}`],
    ['lists in lists', '{"url":"https://shop.example/","variants":[[]],"rules":[[[]]]}'],
    ['constructor.prototype', '{"url":"https://shop.example/","constructor":{"prototype":{"paused":true}}}'],
  ])('of JSON with %s is refused', async (_, body) => {
    expect([400, 413, 422]).toContain((await api.call('post', '/api/v1/links', { body })).status);
    const tracked = await api.call('post', '/api/v1/track', { body, key: null });
    expect([400, 413, 422]).toContain(tracked.status);
    const postback = await api.call('post', `/postback/${network.key}`, { body, key: null });
    expect([413, 422]).toContain(postback.status);
    expect(({} as { paused?: boolean }).paused).toBeUndefined();
  });
});

describe('a claimed address', () => {
  const CLAIMS = {
    'x-forwarded-for': '81.2.69.142',
    'x-real-ip': '81.2.69.142',
    forwarded: 'for=81.2.69.142',
    'cf-connecting-ip': '81.2.69.142',
    'true-client-ip': '81.2.69.142',
    'x-client-ip': '81.2.69.142',
    'fastly-client-ip': '81.2.69.142',
    'x-cluster-client-ip': '81.2.69.142',
  };

  it('is not believed of a click', async () => {
    const { headers } = await app.click(link).set(CLAIMS).set('user-agent', BROWSER);
    const clickId = new URL(headers['location'] ?? '').searchParams.get('click_id') ?? '';
    expect((await app.storedClick(clickId)).country).toBeNull();
  });

  it('does not choose where a visitor goes', async () => {
    const rules = [
      { when: [{ field: 'ip', op: 'in', values: ['81.2.69.142'] }], url: 'https://shop.example/by-address' },
      { when: [{ field: 'country', op: 'in', values: ['GB'] }], url: 'https://shop.example/by-country' },
    ];
    const { headers } = await app.click(await app.createLink({ rules })).set(CLAIMS);
    expect(headers['location']).toContain('https://shop.example/lp');
  });

  it('is not believed of a postback, and opens no list of addresses', async () => {
    const open = await app.plain('get', `/postback/${network.key}?click_id=x`).set(CLAIMS);
    const entry = await app.postbackEntry((open.body as { postbackId: string }).postbackId);
    expect(entry.ip).toBe('127.0.0.1');
    const listed = await app.createNetwork({ security: { ips: ['81.2.69.142'] } });
    const closed = await app.plain('get', `/postback/${listed.key}?click_id=x`).set(CLAIMS);
    expect({ status: closed.status, reason: (closed.body as { reason: string }).reason }).toEqual({
      status: 403,
      reason: 'not_allowed',
    });
  });

  it('or host does not choose whose link is served', async () => {
    const other = await app.createWorkspace();
    const theirs = await app.createLink({ slug: 'theirs' }, other.apiKey);
    const claim = { 'x-forwarded-host': theirs.domain, forwarded: `host=${theirs.domain}`, 'x-host': theirs.domain };
    expect((await app.plain('get', '/theirs').set(claim)).status).toBe(404);
    const home = await app.plain('get', '/').set('host', theirs.domain).set('x-forwarded-host', 'localhost');
    expect(home.status).toBe(404);
  });
});

describe('headers for browsers', () => {
  it.each([
    ['/api/docs', 200],
    ['/api/openapi.json', 200],
    ['/health/live', 200],
    ['/api/v1/links', 401],
    ['/api/v1/nothing', 404],
  ])('of %s: to sniff nothing, to frame nothing, to run nothing of others', async (path, status) => {
    const response = await app.plain('get', path);
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    const policy = response.headers['content-security-policy'] ?? '';
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
    expect(response.headers['server']).toBeUndefined();
    expect(response.headers['x-powered-by']).toBeUndefined();
  });

  it('of the docs lets their own scripts run, and the page has none within it', async () => {
    const { text, headers } = await app.plain('get', '/api/docs');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>\s*\S/);
    for (const [, src = ''] of text.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)) {
      const { pathname } = new URL(src, `${app.baseUrl}/api/docs`);
      expect((await app.plain('get', pathname)).status, src).toBe(200);
    }
  });
});
