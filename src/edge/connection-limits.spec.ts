import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { get, sendRedirect, TestEdge } from '../../test/support/edge.js';
import { eventually } from '../../test/support/eventually.js';
import type { RawClient } from '../../test/support/raw-client.js';
import type { EdgeReply } from './edge-reply.js';

let test: TestEdge;
/** Answers that are due. */
let waiting: EdgeReply[];

beforeEach(async () => {
  waiting = [];
  test = await TestEdge.start({
    handle: ({ url }, reply) => {
      if (url === '/busy') waiting.push(reply);
      else sendRedirect(reply, `https://s.example${url}`);
      return true;
    },
  });
});
afterEach(() => test.close());

/** More connections come than the server takes; room is made a few times a second at most. */
const makeRoom = async (): Promise<void> => {
  test.edge.server.emit('drop');
  await new Promise((resolve) => setTimeout(resolve, 210));
};

describe('S9 idle connections', () => {
  it('make room, those without any request first, and never those that wait for an answer', async () => {
    const used = await Promise.all(Array.from({ length: 15 }, () => test.open()));
    for (const client of used) expect((await client.ask(get('/a'))).status).toBe(302);
    const busy = await test.open();
    await busy.send(get('/busy'));
    await eventually(
      () => waiting.length,
      (length) => length === 1,
    );
    const silent = await Promise.all(Array.from({ length: 4 }, () => test.open()));
    await eventually(
      () => test.sockets.length,
      (length) => length === used.length + silent.length + 1,
    );
    const closed = (clients: RawClient[]): number => clients.filter(({ socket }) => socket.closed).length;
    await makeRoom();
    expect([closed(silent), closed(used)]).toEqual([2, 0]);
    for (let i = 0; i < 20; i++) await makeRoom();
    expect([closed(silent), closed(used), closed([busy])]).toEqual([4, 15, 0]);
    waiting[0]?.send(302, { location: 'https://s.example/late' });
    expect((await busy.answer()).status).toBe(302);
  });
});

describe('S23 a head in many pieces', () => {
  it('is given to Node after some, so that it is not looked through with each', async () => {
    const handOver = vi.spyOn(test.edge, 'handOver');
    const client = await test.open();
    const text = get('/a', `X: ${'x'.repeat(3_000)}`);
    for (const byte of text) {
      await client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.answer()).headers['location']).toBe('https://s.example/a');
    expect(test.nodesPaths).toEqual(['/a']);
    // The system may join bytes, so this many is the least. Before, all 3,000 were looked through with each of them.
    expect(handOver.mock.calls[0]?.[1].length).toBeLessThan(1_000);
  });

  it('is read here when it comes as networks send it', async () => {
    const client = await test.open();
    for (let time = 0; time < 3; time++) {
      const text = get('/a', `X: ${'x'.repeat(14_000)}`);
      for (let at = 0; at < text.length; at += 1_000) {
        await client.send(text.slice(at, at + 1_000));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect((await client.answer()).status).toBe(302);
    }
    expect(test.nodesPaths).toEqual([]);
  });
});
