import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freeze, thaw } from '../support/system/system-processes.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

let server: SystemServer;
let link: { id: string; shortUrl: string };
let clicked = 0;

beforeAll(async () => {
  server = await SystemServer.start();
  link = (await server.api<typeof link>('POST', '/links', { url: 'https://shop.example/' })).body;
  await click();
});
afterAll(cleanUp);

async function click(): Promise<number> {
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
  const { status } = await fetch(link.shortUrl, { redirect: 'manual', headers });
  if (status === 302) clicked++;
  return status;
}

async function isReady(): Promise<boolean> {
  return (await fetch(`${server.baseUrl}/health/ready`)).ok;
}

/** All that was answered is stored in the end, once. */
async function clicksAreComplete(): Promise<void> {
  await eventually(isReady, (ready) => ready, 30_000);
  const read = async (): Promise<number> =>
    (await server.api<{ stats: { clicks: { total: number } } }>('GET', `/links/${link.id}`)).body.stats?.clicks.total;
  expect(await eventually(read, (total) => total === clicked, 30_000)).toBe(clicked);
}

function companion(name: 'mongod' | 'redis' | 'shipper'): number {
  const pid = server.companions()[name];
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}

describe('an outage of a part', () => {
  it('does not stop the redirects of known links when MongoDB is killed; it is started again', async () => {
    process.kill(companion('mongod'), 'SIGKILL');
    expect(await click()).toBe(302);
    expect(await click()).toBe(302);
    await clicksAreComplete();
  });

  it('does not stop them when MongoDB is frozen; what needs it gets a retry, and all recovers', async () => {
    const mongod = companion('mongod');
    await freeze(mongod);
    try {
      expect(await click()).toBe(302);
      const unknown = await fetch(`${server.baseUrl}/never-seen`, { redirect: 'manual' });
      expect(unknown.status).toBe(503);
      expect(unknown.headers.get('retry-after')).toBe('1');
      const { status, body } = await server.api<{ code: string }>('GET', '/links');
      expect([status, body.code]).toEqual([503, 'unavailable']);
      expect(await isReady()).toBe(false);
      expect((await fetch(`${server.baseUrl}/health/live`)).status).toBe(200);
    } finally {
      thaw(mongod);
    }
    await clicksAreComplete();
  });

  it('is hardly noticed when it is Redis that is killed', async () => {
    process.kill(companion('redis'), 'SIGKILL');
    expect(await click()).toBe(302);
    const changed = await server.api('PATCH', `/links/${link.id}`, { url: 'https://shop.example/new' });
    expect(changed.status).toBe(200);
    expect((await fetch(link.shortUrl, { redirect: 'manual' })).headers.get('location')).toContain('/new');
    clicked++;
    await clicksAreComplete();
  });

  it('is not noticed when it is the shipper of clicks that is killed; it is started again', async () => {
    const killed = companion('shipper');
    process.kill(killed, 'SIGKILL');
    expect(await click()).toBe(302);
    await clicksAreComplete();
    expect(companion('shipper')).not.toBe(killed);
  });
});
