import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Clickers } from '../support/system/system-clickers.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const isLong = process.env['HOPBACK_FAULTS'] === 'long';
const READER_KILLS = isLong ? 20 : 4;
const MONGOD_KILLS = isLong ? 3 : 1;
const PATIENCE_MS = 60_000;

let server: SystemServer;
let links: { id: string; shortUrl: string }[];

beforeAll(async () => {
  server = await SystemServer.start({ env: { REPORTS: 'on' } });
  links = [];
  for (let i = 0; i < 3; i++) {
    const { body } = await server.api<{ id: string; shortUrl: string }>('POST', '/links', {
      url: 'https://shop.example/?sub1={sub1}',
    });
    links.push(body);
  }
});
afterAll(cleanUp);

interface Totals {
  totals?: Record<string, number>;
  complete?: boolean;
}

/** The answer of the first report that counts all stored data. */
function complete(): Promise<Totals> {
  const read = async (): Promise<Totals> => (await server.api<Totals>('GET', '/reports?metrics=clicks')).body;
  return eventually(read, (answer) => answer.complete === true, PATIENCE_MS);
}

function pidOf(name: 'reader' | 'mongod'): number | undefined {
  return server.companions()[name];
}

async function kill(name: 'reader' | 'mongod'): Promise<void> {
  const pid = await eventually(
    () => pidOf(name),
    (found) => found !== undefined,
    PATIENCE_MS,
  );
  process.kill(pid as number, 'SIGKILL');
  await eventually(
    () => pidOf(name),
    (found) => found !== undefined && found !== pid,
    PATIENCE_MS,
  );
}

describe('reports of the built program', () => {
  it('count each click once, however often the reader and MongoDB are killed while clicks arrive', async () => {
    const clickers = links.map(({ shortUrl }, i) => new Clickers(`${shortUrl}?sub1=s${i}`, { connections: 2 }));
    for (let i = 0; i < READER_KILLS; i++) {
      // Every other time a copy that follows MongoDB is hit, else mostly one that is being loaded.
      if (i % 2 === 1) await complete();
      await kill('reader');
      await sleep(700 + i * 50);
    }
    for (let i = 0; i < MONGOD_KILLS; i++) {
      await complete();
      await kill('mongod');
      await sleep(2_000);
    }
    await Promise.all(clickers.map((clicker) => clicker.end()));
    const answered = clickers.map(({ clickIds }) => clickIds.length);
    const stored = async (): Promise<(number | undefined)[]> =>
      Promise.all(
        links.map(async ({ id }) => {
          const { body } = await server.api<{ stats?: { clicks: { total: number } } }>('GET', `/links/${id}`);
          return body.stats?.clicks.total;
        }),
      );
    // A killed MongoDB may have stored clicks whose answer was cut off, so MongoDB's own count is the measure.
    const counted = await eventually(
      async () => ({ stored: await stored(), reported: await byLink() }),
      ({ stored: inMongodb, reported }) =>
        inMongodb.every((count, i) => count !== undefined && count >= (answered[i] ?? 0) && count === reported[i]),
      PATIENCE_MS,
    );
    expect(counted.reported).toEqual(counted.stored);
    expect((await complete()).complete).toBe(true);
    expect(await byLink()).toEqual(counted.stored);
  });

  it('are there again after a restart', async () => {
    const before = await byLink();
    await server.stop();
    server = await SystemServer.start({ folder: server.folder, env: { REPORTS: 'on' } });
    const reported = async (): Promise<number[]> => byLink();
    expect(await eventually(reported, (counts) => counts.join() === before.join(), PATIENCE_MS)).toEqual(before);
    expect((await complete()).complete).toBe(true);
  });
});

/** Clicks of each link as reports count them. */
async function byLink(): Promise<number[]> {
  const { body } = await server.api<{ rows?: { link: string; clicks: number }[] }>(
    'GET',
    '/reports?metrics=clicks&groupBy=link',
  );
  return links.map(({ id }) => body.rows?.find(({ link }) => link === id)?.clicks ?? 0);
}
