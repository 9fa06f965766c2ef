import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestEdge } from '../../test/support/edge.js';
import { eventually } from '../../test/support/eventually.js';
import type { RawClient } from '../../test/support/raw-client.js';
import type { EdgeReply } from './edge-reply.js';
import type { EdgeRequest } from './edge-request.js';

const get = (...lines: string[]): string => ['GET /later/1?a=b HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

let test: TestEdge;
let client: RawClient;
/** Requests that wait for their answer. */
let waiting: { request: EdgeRequest; reply: EdgeReply }[];

beforeEach(async () => {
  waiting = [];
  test = await TestEdge.start({
    handle: (request, reply) => {
      if (request.url === '/link') reply.send(302, { location: 'https://s.example/' });
      else if (request.method === 'POST') return false;
      else waiting.push({ request, reply });
      return true;
    },
  });
  client = await test.open();
});
afterEach(() => test.close());

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
  const request = waiting[0]?.request;
  expect(request).toMatchObject({ method: 'GET', url: '/later/1?a=b', host: 'x' });
  expect(request?.remoteAddress).toContain('127.0.0.1');
  expect(request?.headers).toEqual({ host: 'x', 'x-brand': 'Casino', 'x-empty': '' });
  answerOk();
  expect(await client.answer()).toMatchObject({ status: 200, body: 'OK', headers: { connection: 'keep-alive' } });
  expect((await client.answer()).headers['location']).toBe('https://s.example/');
  expect(test.nodesPaths).toEqual([]);
});

it.each([
  ['a header that comes twice', ['X-A: 1', 'x-a: 2'], { 'x-a': '1, 2' }],
  ['a header that counts once', ['Authorization: 1', 'authorization: 2'], { authorization: '1' }],
  ['a header whose name every object has', ['Constructor: 1'], { constructor: '1' }],
  ['a Set-Cookie', ['Set-Cookie: a=b'], { 'set-cookie': ['a=b'] }],
])('has the headers that Node reads, with %s', async (_, lines, headers) => {
  for (const line of ['X-Fast: 1', 'Content-Length: 0']) {
    await client.send(get(line, ...lines));
    await asked();
    const { 'x-fast': __, 'content-length': ___, ...others } = waiting[0]?.request.headers ?? {};
    expect(others).toEqual({ host: 'x', ...headers });
    answerOk();
    expect((await client.answer()).body).toBe('OK');
  }
  expect(test.nodesPaths).toEqual(['/later/1?a=b']);
});

it('has its body read where Node reads one, and none in a simple request', async () => {
  await client.send(get());
  await asked();
  expect(waiting[0]?.request.readBody(10)).toBeUndefined();
  answerOk();
  await client.answer();
  expect((await client.ask('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab')).body).toBe('node');
  await client.send(get('Content-Length: 0'));
  await asked();
  await expect(waiting[0]?.request.readBody(10)).resolves.toMatchObject({ state: 'whole' });
  answerOk();
  await client.answer();
});

it('of HEAD has no body, whichever reader has read the request', async () => {
  for (const line of ['X-Fast: 1', 'Content-Length: 0']) {
    await client.send(get(line).replace('GET', 'HEAD'));
    await asked();
    expect(waiting[0]?.request.method).toBe('HEAD');
    answerOk();
    expect(await client.answer(true)).toMatchObject({ status: 200, headers: { 'content-length': '2' }, body: '' });
  }
});

it('is answered when all is being closed, as the last of its connection', async () => {
  await client.send(get());
  await asked();
  const closed = test.edge.close();
  await quiet();
  answerOk();
  expect(await client.answer()).toMatchObject({ body: 'OK', headers: { connection: 'close' } });
  await closed;
});
