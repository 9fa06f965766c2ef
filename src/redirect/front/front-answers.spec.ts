import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RawClient } from '../../../test/support/raw-client.js';
import { NodePlainReply, type PlainReply } from '../../platform/http/plain-request.js';
import { NodeReply, toShortLinkRequest } from '../node-request.js';
import type { Reply } from '../short-link-request.js';
import { Front } from './front.js';

const ASK = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';

let server: Server;
let front: Front;
let client: RawClient;
/** Paths of the requests that Node's server has read. */
let nodesPaths: (string | undefined)[];
let answer: (reply: Reply) => void;
let answerPlain: (reply: PlainReply) => void;

beforeEach(async () => {
  nodesPaths = [];
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    nodesPaths.push(request.url);
    if (request.url === '/plain') answerPlain(new NodePlainReply(response));
    else if (request.url === '/api' || toShortLinkRequest(request) === undefined) response.end();
    else answer(new NodeReply(response));
  });
  front = new Front(
    server,
    {
      shortLinks: ({ url }, reply) => {
        if (url === '/api' || url === '/plain') return false;
        answer(reply);
        return true;
      },
      plain: ({ url }, reply) => {
        if (url !== '/plain') return false;
        answerPlain(reply);
        return true;
      },
    },
    { idleMs: 60_000, headMs: 15_000, sweepMs: 5_000 },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = await RawClient.open((server.address() as AddressInfo).port);
});
afterEach(async () => {
  client.socket.destroy();
  server.closeAllConnections();
  server.close();
  await front.drain(0);
});

/** The same answer from the front and from Node behind it. */
const bothWays = async (method = 'GET', path = '/a') => {
  const ask = ASK.replace('GET', method).replace('/a', path);
  const straight = await client.ask(ask, method === 'HEAD');
  await client.ask(ASK.replace('/a', '/api'));
  const throughNode = await client.ask(ask, method === 'HEAD');
  expect(nodesPaths).toEqual(['/api', path]);
  for (const headers of [straight.headers, throughNode.headers]) headers['date'] = 'may be the next second’s';
  return { straight, throughNode };
};

it('may be redirected with more headers, by the front as by Node', async () => {
  const extra = { 'set-cookie': 'a=b; Path=/a', 'x-robots-tag': 'noindex' };
  answer = (reply) => reply.redirect(302, 'https://s.example/', extra);
  const { straight, throughNode } = await bothWays();
  expect(straight).toEqual(throughNode);
  expect(straight.headers).toMatchObject({ ...extra, location: 'https://s.example/', 'content-length': '0' });
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
  answer = (reply) => reply.page(status, html, { 'retry-after': '7', 'x-robots-tag': 'none' });
  const { straight, throughNode } = await bothWays(method);
  expect(straight).toEqual(throughNode);
  expect(straight.status).toBe(status);
  expect(straight.headers).toMatchObject({ 'retry-after': '7', 'x-robots-tag': 'none', 'cache-control': 'no-store' });
  expect(straight.headers['content-security-policy']).toContain("default-src 'none'");
  expect(straight.headers['content-length']).toBe(String(Buffer.byteLength(html)));
  expect(Buffer.from(straight.body, 'latin1').toString()).toBe(method === 'HEAD' ? '' : html);
});

it.each([
  [200, { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'a-1' }, '{"name":"Größe 夏 🏖"}'],
  [422, { 'content-type': 'text/plain; charset=utf-8' }, 'rejected: no_click_id'],
  [429, { 'retry-after': '7' }, ''],
] as const)('may be answered as whoever it is for likes: %i', async (status, extra, text) => {
  answerPlain = (reply) => reply.send(status, extra, text);
  const { straight, throughNode } = await bothWays('GET', '/plain');
  expect(straight).toEqual(throughNode);
  expect(straight.status).toBe(status);
  expect(straight.headers).toMatchObject({ ...extra, 'content-length': String(Buffer.byteLength(text)) });
  expect(Buffer.from(straight.body, 'latin1').toString()).toBe(text);
});
