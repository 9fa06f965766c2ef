import { afterEach, beforeEach, expect, it } from 'vitest';
import { get, sendRedirect, TestEdge } from '../../test/support/edge.js';
import type { RawClient } from '../../test/support/raw-client.js';
import type { EdgeReply } from './edge-reply.js';

let test: TestEdge;
let client: RawClient;
let answer: (reply: EdgeReply) => void;

beforeEach(async () => {
  test = await TestEdge.start({
    handle: ({ url }, reply) => {
      if (url === '/api') return false;
      answer(reply);
      return true;
    },
  });
  client = await test.open();
});
afterEach(() => test.close());

/** The same answer from the fast reader and from Node behind it. */
const bothWays = async (method = 'GET') => {
  const ask = get('/a').replace('GET', method);
  const straight = await client.ask(ask, method === 'HEAD');
  await client.ask(get('/api'));
  const throughNode = await client.ask(ask, method === 'HEAD');
  expect(test.nodesPaths).toEqual(['/api', '/a']);
  for (const headers of [straight.headers, throughNode.headers]) headers['date'] = 'may be the next second’s';
  return { straight, throughNode };
};

it('may be redirected with more headers, by the fast reader as by Node', async () => {
  const extra = { 'set-cookie': 'a=b; Path=/a', 'x-robots-tag': 'noindex' };
  answer = (reply) => reply.send(302, { location: 'https://s.example/', ...extra });
  const { straight, throughNode } = await bothWays();
  expect(straight).toEqual(throughNode);
  expect(straight.headers).toMatchObject({ ...extra, location: 'https://s.example/', 'content-length': '0' });
});

it('may be a redirect without a body to HEAD', async () => {
  answer = (reply) => sendRedirect(reply, 'https://s.example/');
  const { straight, throughNode } = await bothWays('HEAD');
  expect(straight).toEqual(throughNode);
});

it.each([
  [200, 'GET'],
  [200, 'HEAD'],
  [422, 'GET'],
  [403, 'GET'],
  [404, 'GET'],
  [410, 'HEAD'],
  [429, 'GET'],
  [451, 'GET'],
  [503, 'GET'],
] as const)('may be answered by a page: %i to a %s', async (status, method) => {
  const html = '<!doctype html><title>Größe 夏 🏖</title>';
  const page = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'" };
  answer = (reply) => reply.send(status, { ...page, 'retry-after': '7', 'x-robots-tag': 'none' }, html);
  const { straight, throughNode } = await bothWays(method);
  expect(straight).toEqual(throughNode);
  expect(straight.status).toBe(status);
  expect(straight.headers).toMatchObject({ 'retry-after': '7', 'x-robots-tag': 'none', ...page });
  expect(straight.headers['content-length']).toBe(String(Buffer.byteLength(html)));
  expect(Buffer.from(straight.body, 'latin1').toString()).toBe(method === 'HEAD' ? '' : html);
});

it.each([
  [200, { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'a-1' }, '{"name":"Größe 夏 🏖"}'],
  [422, { 'content-type': 'text/plain; charset=utf-8' }, 'rejected: no_click_id'],
  [429, { 'retry-after': '7' }, ''],
] as const)('may have any headers and text: %i', async (status, extra, text) => {
  answer = (reply) => reply.send(status, extra, text);
  const { straight, throughNode } = await bothWays();
  expect(straight).toEqual(throughNode);
  expect(straight.status).toBe(status);
  expect(straight.headers).toMatchObject({ ...extra, 'content-length': String(Buffer.byteLength(text)) });
  expect(Buffer.from(straight.body, 'latin1').toString()).toBe(text);
});
