import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { RawClient } from '../../../test/support/raw-client.js';
import { NodeReply, toShortLinkRequest } from '../node-request.js';
import type { Reply, ShortLinkRequest } from '../short-link-request.js';
import { Front } from './front.js';

const get = (path: string, ...lines: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: x', ...lines, '', ''].join('\r\n');

let server: Server;
let front: Front;
let port: number;
let connections: number;
/** Answers that are due. */
let waiting: Reply[];
/** Paths of the requests that Node's server has read. */
let nodesPaths: (string | undefined)[];
const clients: RawClient[] = [];

beforeEach(async () => {
  connections = 0;
  waiting = [];
  nodesPaths = [];
  const shortLinks = ({ url }: ShortLinkRequest, reply: Reply): boolean => {
    if (url === '/busy') waiting.push(reply);
    else reply.redirect(302, `https://s.example${url}`);
    return true;
  };
  server = createServer((request, response) => {
    nodesPaths.push(request.url);
    const shortLink = toShortLinkRequest(request);
    if (shortLink !== undefined) shortLinks(shortLink, new NodeReply(response));
  });
  const times = { idleMs: 60_000, headMs: 15_000, sweepMs: 5_000 };
  front = new Front(server, { shortLinks, plain: () => false }, times);
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await front.drain(0);
});

const open = async (): Promise<RawClient> => {
  const client = await RawClient.open(port);
  clients.push(client);
  return client;
};
const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('S9 idle connections', () => {
  it('make room, those without any request first, and never those that wait for an answer', async () => {
    const used = await Promise.all(Array.from({ length: 15 }, () => open()));
    for (const client of used) expect((await client.ask(get('/a'))).status).toBe(302);
    const busy = await open();
    await busy.send(get('/busy'));
    await eventually(
      () => waiting.length,
      (length) => length === 1,
    );
    const silent = await Promise.all(Array.from({ length: 4 }, () => open()));
    await eventually(
      () => connections,
      (length) => length === used.length + silent.length + 1,
    );
    const closed = (clients: RawClient[]): number => clients.filter(({ socket }) => socket.closed).length;
    front.makeRoom();
    await quiet();
    expect([closed(silent), closed(used)]).toEqual([2, 0]);
    for (let i = 0; i < 20; i++) front.makeRoom();
    await quiet();
    expect([closed(silent), closed(used), closed([busy])]).toEqual([4, 15, 0]);
    waiting[0]?.redirect(302, 'https://s.example/late');
    expect((await busy.answer()).status).toBe(302);
  });
});

describe('S23 a head in many pieces', () => {
  it('is given to Node after some, so that it is not looked through with each', async () => {
    const handOver = vi.spyOn(front, 'handOver');
    const client = await open();
    const text = get('/a', `X: ${'x'.repeat(3_000)}`);
    for (const byte of text) {
      await client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.answer()).headers['location']).toBe('https://s.example/a');
    expect(nodesPaths).toEqual(['/a']);
    // The system may join bytes, so this many is the least. Before, all 3,000 were looked through with each of them.
    expect(handOver.mock.calls[0]?.[1].length).toBeLessThan(1_000);
  });

  it('is read here when it comes as networks send it', async () => {
    const client = await open();
    for (let time = 0; time < 3; time++) {
      const text = get('/a', `X: ${'x'.repeat(14_000)}`);
      for (let at = 0; at < text.length; at += 1_000) {
        await client.send(text.slice(at, at + 1_000));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect((await client.answer()).status).toBe(302);
    }
    expect(nodesPaths).toEqual([]);
  });
});
