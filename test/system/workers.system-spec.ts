import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Clickers, clicksComplete } from '../support/system/system-clickers.js';
import { freeze, killAll, processesIn } from '../support/system/system-processes.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

interface LinkAnswer {
  id: string;
  shortUrl: string;
}

let server: SystemServer;

async function createLink(): Promise<LinkAnswer> {
  const { status, body } = await server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/lp' });
  expect(status).toBe(201);
  return body;
}

/** Bytes in the spool of the worker in this place. */
function spooledBytes(place: number): number {
  const folder = join(server.dataDir, 'spool', String(place));
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** One worker for each place, each a different one, and another one in reserve. */
async function complete(): Promise<{ places: number[]; reserve: number }> {
  const read = (): { workers: number[]; places: number[] } => ({
    workers: server.companions().workers,
    places: [...server.places()].sort(([a], [b]) => a - b).map(([, pid]) => pid),
  });
  const { workers, places } = await eventually(
    read,
    (now) => now.workers.length === 3 && now.places.length === 2,
    30_000,
  );
  const [reserve = 0] = workers.filter((pid) => !places.includes(pid));
  return { places, reserve };
}

/** Clicks over new connections until each worker must have answered some. */
async function destinations(url: string): Promise<string[]> {
  const answers = Array.from({ length: 16 }, async () => {
    const response = await fetch(url, { redirect: 'manual', headers: { connection: 'close' } });
    return response.headers.get('location')?.replace(/\?.*/, '') ?? `status ${response.status}`;
  });
  return [...new Set(await Promise.all(answers))];
}

async function nothingRuns(): Promise<void> {
  await eventually(
    () => processesIn(server.folder),
    (running) => running.length === 0,
  );
}

beforeAll(async () => {
  server = await SystemServer.start({ env: { WORKERS: '2' } });
});
afterAll(cleanUp);

describe('two workers', () => {
  it('are started with one in reserve, and with one ready line', async () => {
    expect(server.program.stdout.match(/ready on/g)).toHaveLength(1);
    expect(server.program.stdout.split(server.apiKey)).toHaveLength(2);
    expect(server.program.stderr).toBe('');
    await complete();
  });

  it('share the connections; the clicks of both are stored and counted', async () => {
    const link = await createLink();
    const before = [spooledBytes(0), spooledBytes(1)];
    const clickers = new Clickers(link.shortUrl);
    await clickers.answered(200);
    await clickers.end();
    expect(clickers.failures).toEqual([]);
    expect(spooledBytes(0)).toBeGreaterThan(before[0] ?? 0);
    expect(spooledBytes(1)).toBeGreaterThan(before[1] ?? 0);
    await clicksComplete(server, { linkId: link.id, clickIds: clickers.clickIds });
  });

  it('both hear of a changed link', async () => {
    const { id, shortUrl } = await createLink();
    expect(await destinations(shortUrl)).toEqual(['https://shop.example/lp']);
    expect((await server.api('PATCH', `/links/${id}`, { url: 'https://shop.example/new' })).status).toBe(200);
    await eventually(
      () => destinations(shortUrl),
      (found) => found.length === 1 && found[0] === 'https://shop.example/new',
    );
    expect((await server.api('PATCH', `/links/${id}`, { paused: true })).status).toBe(200);
    await eventually(
      () => destinations(shortUrl),
      (found) => found.length === 1 && found[0] === 'status 404',
    );
  });

  it('lose no more than the requests under way when one is killed; the one in reserve takes its place', async () => {
    const link = await createLink();
    const before = await complete();
    const clickers = new Clickers(link.shortUrl);
    await clickers.answered(200);
    killAll([before.places[1] ?? 0]);
    await clickers.answered(1_000);
    const after = await complete();
    await clickers.end();

    expect(after.places).toEqual([before.places[0], before.reserve]);
    expect(clickers.refused).toBe(0);
    expect(clickers.failures.length).toBeLessThanOrEqual(16);
    expect(clickers.failures.filter((failure) => failure !== 'ECONNRESET')).toEqual([]);
    expect(clickers.longestWaitMs).toBeLessThan(3_000);
    await clicksComplete(server, { linkId: link.id, ...clickers });
  });

  it('are two again when all are killed at once, the one in reserve too', async () => {
    const link = await createLink();
    const before = await complete();
    const clickers = new Clickers(link.shortUrl);
    await clickers.answered(200);
    killAll([...before.places, before.reserve]);
    await clickers.answered(200);
    await complete();
    await clickers.end();
    expect(clickers.failures.filter((failure) => failure !== 'ECONNRESET')).toEqual([]);
    await clicksComplete(server, { linkId: link.id, ...clickers });
  });

  it('fail no request when they are stopped under load, and nothing is left', async () => {
    const link = await createLink();
    const clickers = new Clickers(link.shortUrl, { comesBack: false });
    await clickers.answered(300);
    expect(await server.stop()).toBe(0);
    await clickers.end();
    expect(clickers.failures).toEqual([]);
    expect(processesIn(server.folder)).toEqual([]);

    server = await SystemServer.start({ folder: server.folder, env: { WORKERS: '2' } });
    await clicksComplete(server, { linkId: link.id, clickIds: clickers.clickIds });
  });

  it('end with their primary when that is killed; one worker alone takes over the clicks of both', async () => {
    const link = await createLink();
    const { shipper = 0 } = server.companions();
    await freeze(shipper); // so that there are clicks left
    const clickers = new Clickers(link.shortUrl);
    await clickers.answered(300);
    killAll([server.pid, shipper]);
    await server.program.exited;
    await clickers.end();
    await nothingRuns();
    expect(spooledBytes(1)).toBeGreaterThan(0);

    server = await SystemServer.start({ folder: server.folder, env: { WORKERS: '1' } });
    expect(server.program.stderr).toBe('');
    await clicksComplete(server, { linkId: link.id, ...clickers });
    expect(server.companions().workers).toEqual([]);
  });
});
