import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { Clickers, clickIdOf, clicksComplete } from '../support/system/system-clickers.js';
import { ownRedis, ownReplicaSet } from '../support/system/system-databases.js';
import { freeze, thaw } from '../support/system/system-processes.js';
import { cleanUp, temporaryFolder } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

/** A click of some two kilobytes: few of them fill a megabyte. */
const headers = {
  'user-agent': `Mozilla/5.0 Firefox/140.0 ${'x'.repeat(990)}`,
  referer: `https://a.example/${'y'.repeat(990)}`,
};

interface LinkAnswer {
  id: string;
  shortUrl: string;
}

interface Machine {
  server: SystemServer;
  mongodbUri: string;
  /** So that nothing that was spooled is deleted. */
  freezeMongod: () => Promise<void>;
  thawMongod: () => void;
}

const mounts: string[] = [];

afterAll(async () => {
  for (const mount of mounts) execFileSync('umount', ['--lazy', mount]);
  await cleanUp();
});

/** A folder on a file system of one megabyte; `undefined` where we may not have one. */
function tinyDisk(): string | undefined {
  const folder = join(temporaryFolder(), 'tiny');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mounts.push(folder);
  return folder;
}

async function metric(server: SystemServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.baseUrl}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

const dropped = (server: SystemServer): Promise<number> => metric(server, 'hopback_clicks_dropped_total');

async function expectToHeal({ server, mongodbUri, freezeMongod, thawMongod }: Machine): Promise<void> {
  const { id, shortUrl } = (await server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/' })).body;
  expect((await fetch(shortUrl, { redirect: 'manual', headers })).status).toBe(302);

  await freezeMongod();
  const clickers = new Clickers(shortUrl, { headers });
  await eventually(
    () => dropped(server),
    (count) => count > 100,
    30_000,
  );
  await clickers.end();
  thawMongod();
  expect([clickers.failures, clickers.refused]).toEqual([[], 0]);
  expect(server.program.stdout).toContain('the click spool cannot be written');

  const answered = 1 + clickers.sent;
  const lost = await dropped(server);
  const counted = async (): Promise<number | undefined> => {
    const { body } = await server.api<{ stats?: { clicks: { total: number } } }>('GET', `/links/${id}`);
    return body.stats?.clicks.total;
  };
  await eventually(counted, (total) => total === answered - lost, 30_000);

  let lostSince = lost;
  const last = await eventually(
    async () => {
      const before = await dropped(server);
      const answer = await fetch(shortUrl, { redirect: 'manual', headers });
      lostSince = await dropped(server);
      return { isRecorded: lostSince === before, clickId: clickIdOf(answer.headers.get('location')) };
    },
    ({ isRecorded }) => isRecorded,
  );
  await eventually(counted, (total) => total === answered - lost + 1);
  const stored = answered - lost + 1;
  await clicksComplete(server, { mongodbUri, linkId: id, clickIds: [last.clickId ?? ''], sent: stored });
}

describe('redirects go on, what is dropped is counted, and all heals', () => {
  it('when the spool has reached SPOOL_MAX_MB', async () => {
    const server = await SystemServer.start({ env: { SPOOL_MAX_MB: '1' } });
    const { mongod = 0 } = server.companions();
    await expectToHeal({
      server,
      mongodbUri: server.embeddedMongodbUri(),
      freezeMongod: () => freeze(mongod),
      thawMongod: () => thaw(mongod),
    });
    await server.stop();
  });

  it('when the disk is full', async ({ skip }) => {
    const DATA_DIR = tinyDisk();
    if (DATA_DIR === undefined) return skip('this user may not mount a small file system');
    const [mongod, redis] = await Promise.all([ownReplicaSet(), ownRedis()]);
    const env = {
      DATA_DIR,
      MONGODB_URI: mongod.url,
      REDIS_URL: redis.url,
      HOPBACK_API_KEY: 'the-key-of-a-tiny-machine-1',
    };
    const server = await SystemServer.start({ env });
    await expectToHeal({
      server,
      mongodbUri: mongod.url,
      freezeMongod: () => mongod.freeze(),
      thawMongod: () => mongod.thaw(),
    });
    expect(await server.stop()).toBe(0);
  });
});
