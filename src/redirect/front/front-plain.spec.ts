import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { RawClient } from '../../../test/support/raw-client.js';
import {
  NodePlainReply,
  type PlainReply,
  type PlainRequest,
  toPlainRequest,
} from '../../platform/http/plain-request.js';
import { Front } from './front.js';

const get = (...lines: string[]): string => ['GET /plain/1?a=b HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

let server: Server;
let front: Front;
let client: RawClient;
/** Plain requests that wait for their answer. */
let waiting: { request: PlainRequest; reply: PlainReply }[];
/** Paths of the requests that Node's server has read. */
let nodesPaths: (string | undefined)[];

beforeEach(async () => {
  waiting = [];
  nodesPaths = [];
  const plain = (request: PlainRequest, reply: PlainReply): boolean => {
    if (!request.url.startsWith('/plain')) return false;
    waiting.push({ request, reply });
    return true;
  };
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    nodesPaths.push(request.url);
    const one = toPlainRequest(request);
    if (one === undefined || !plain(one, new NodePlainReply(response))) response.end('node');
  });
  front = new Front(
    server,
    {
      shortLinks: ({ url }, reply) => {
        if (url !== '/link') return false;
        reply.redirect(302, 'https://s.example/');
        return true;
      },
      plain,
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

const asked = () =>
  eventually(
    () => waiting[0],
    (first) => first !== undefined,
  );
const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));
const answerOk = (): void => waiting.shift()?.reply.send(200, { 'content-type': 'text/plain' }, 'OK');

it('is answered straight from the socket, later, and what comes behind it after it', async () => {
  await client.send(get('X-Brand: Casino ', 'x-empty:'));
  await asked();
  await client.send('GET /link HTTP/1.1\r\nHost: x\r\n\r\n');
  await quiet();
  expect(client.unread).toBe('');
  expect(waiting[0]?.request).toEqual({
    url: '/plain/1?a=b',
    headers: { host: 'x', 'x-brand': 'Casino', 'x-empty': '' },
    remoteAddress: expect.stringContaining('127.0.0.1') as string,
  });
  answerOk();
  expect(await client.answer()).toMatchObject({ status: 200, body: 'OK', headers: { connection: 'keep-alive' } });
  expect((await client.answer()).headers['location']).toBe('https://s.example/');
  expect(nodesPaths).toEqual([]);
});

it.each([
  ['a header that comes twice', ['X-A: 1', 'x-a: 2'], { 'x-a': '1, 2' }],
  ['a header whose name every object has', ['Constructor: 1'], { constructor: '1' }],
  ['a Set-Cookie', ['Set-Cookie: a=b'], { 'set-cookie': ['a=b'] }],
])('is read by Node when it has %s', async (_, lines, headers) => {
  await client.send(get(...lines));
  await asked();
  expect(waiting[0]?.request.headers).toEqual({ host: 'x', ...headers });
  answerOk();
  expect((await client.answer()).body).toBe('OK');
  expect(nodesPaths).toEqual(['/plain/1?a=b']);
});

it('is none with a body, nor a HEAD', async () => {
  expect((await client.ask(get('Content-Length: 0'))).body).toBe('node');
  expect((await client.ask(get().replace('GET', 'HEAD'), true)).status).toBe(200);
  expect(waiting).toEqual([]);
});

it('is answered when all is being closed, as the last of its connection', async () => {
  await client.send(get());
  await asked();
  const drained = front.drain(5_000);
  await quiet();
  answerOk();
  expect(await client.answer()).toMatchObject({ body: 'OK', headers: { connection: 'close' } });
  await drained;
});
