import { connect, type Socket } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { Clickers, clicksComplete } from '../support/system/system-clickers.js';
import { processesIn } from '../support/system/system-processes.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const env = { CLICK_DURABILITY: 'disk' };
/** What is waited for is given up after five seconds; the machine may be busy. */
const MAY_TAKE_MS = 15_000;

afterAll(cleanUp);

/** A request that its client never completes. */
async function halfSent(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // it is cut off in the end
  await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  return socket;
}

it('an end under load fails no request, waits for no half-sent one, and loses no click', async () => {
  const server = await SystemServer.start({ env });
  const answer = await server.api<{ id: string; shortUrl: string }>('POST', '/links', { url: 'https://shop.example/' });
  const { id, shortUrl } = answer.body;
  const hanging = [
    await halfSent(server.port, `GET /${shortUrl.split('/').at(-1)} HTTP/1.1\r\nHost: localhost\r\n`),
    await halfSent(server.port, 'POST /api/v1/links HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"url":'),
  ];
  const clickers = new Clickers(shortUrl, { comesBack: false });
  await clickers.answered(1_000);

  const begin = Date.now();
  expect(await server.stop()).toBe(0);
  expect(Date.now() - begin).toBeLessThan(MAY_TAKE_MS);
  await clickers.end();
  for (const socket of hanging) socket.destroy();
  expect([clickers.failures, clickers.refused]).toEqual([[], 0]);
  expect(server.program.stderr).toBe('');
  expect(processesIn(server.folder)).toEqual([]);

  const next = await SystemServer.start({ folder: server.folder, env });
  await clicksComplete(next, { linkId: id, clickIds: clickers.clickIds });
});
