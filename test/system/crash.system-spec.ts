import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Load } from '../support/system/system-load.js';
import { killAll, processesIn } from '../support/system/system-processes.js';
import { eventually } from '../support/eventually.js';
import { cleanUp, temporaryFolder } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

interface Page<T> {
  data: T[];
  page: { nextCursor: string | null };
}

interface Stats {
  clicks: { total: number; human: number; bots: number };
  conversions: number;
  approved: number;
  payouts: { amount: string; currency: string }[];
}

const folder = temporaryFolder();
let server: SystemServer | undefined;

/** The server in the one folder that lives through all crashes. */
async function running(): Promise<SystemServer> {
  server ??= await SystemServer.start({ folder });
  return server;
}

beforeEach(async () => {
  await running();
});
afterAll(cleanUp);

/** Reads each of them, eight at a time, until it is there. */
async function expectAllReadable(from: SystemServer, path: string, ids: readonly string[]): Promise<void> {
  const queue = [...new Set(ids)];
  expect(queue).toHaveLength(ids.length);
  const worker = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const url = `${path}/${id}`;
      await eventually(
        async () => (await from.api('GET', url)).status,
        (status) => status === 200,
        30_000,
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function pidsIn(place: string): Set<number> {
  return new Set(processesIn(place).map(({ pid }) => pid));
}

async function countConversions(from: SystemServer, linkId: string): Promise<number> {
  let count = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = `limit=100&linkId=${linkId}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await from.api<Page<unknown>>('GET', `/conversions?${query}`);
    count += body.data.length;
    cursor = body.page.nextCursor;
  }
  return count;
}

/** How many clicks of the link the database holds, asked past the program that counts them. */
async function countStoredClicks(from: SystemServer, linkId: string): Promise<number> {
  const connection = await createConnection(from.embeddedMongodbUri()).asPromise();
  try {
    return await connection.collection('clicks').countDocuments({ linkId });
  } finally {
    await connection.close();
  }
}

async function statsOf(from: SystemServer, linkId: string): Promise<Stats> {
  return (await from.api<{ stats: Stats }>('GET', `/links/${linkId}`)).body.stats;
}

/** Everything that was acknowledged is there, and every number agrees with what is there. */
async function expectNothingLost(from: SystemServer, load: Load): Promise<void> {
  await expectAllReadable(from, '/links', load.linkIds);
  await expectAllReadable(from, '/conversions', load.conversionIds);
  await expectAllReadable(from, '/clicks', load.clickIds);

  const stored = await countStoredClicks(from, load.link.id);
  expect(stored).toBeGreaterThanOrEqual(load.clickIds.length);
  expect(stored).toBeLessThanOrEqual(load.sent.clicks);
  const conversions = await countConversions(from, load.link.id);
  expect(conversions).toBeGreaterThanOrEqual(load.conversionIds.length);
  expect(conversions).toBeLessThanOrEqual(load.sent.postbacks);

  // Clicks are stored first, and counted then.
  const stats = await eventually(
    () => statsOf(from, load.link.id),
    ({ clicks }) => clicks.total === stored,
  );
  expect(stats.clicks.human + stats.clicks.bots).toBe(stored);
  expect(stats).toMatchObject({ conversions, approved: conversions });
  expect(stats.payouts).toEqual([{ amount: `${conversions}.00`, currency: 'EUR' }]);
}

/** Another start in the same folder is like any other, and what the killed one has left behind is gone. */
async function expectCleanStart(earlier: ReadonlySet<number>): Promise<SystemServer> {
  server = undefined;
  const next = await running();
  expect(next.program.stderr).toBe('');
  await eventually(
    () => processesIn(folder).filter(({ pid }) => earlier.has(pid)),
    (leftOver) => leftOver.length === 0,
  );
  const { mongod, redis, watchers } = next.companions();
  expect([mongod, redis]).not.toContain(undefined);
  expect(watchers).toHaveLength(2);
  expect(next.program.stdout).not.toContain('damaged');
  expect(existsSync(join(next.dataDir, 'spool', 'quarantine'))).toBe(false);
  return next;
}

interface Crash {
  what: string;
  kill: (victim: SystemServer, load: Load) => Promise<void>;
  /** MongoDB is gone for a while before the program is: then it may refuse what needs MongoDB. */
  mayRefuse?: boolean;
}

const CRASHES: Crash[] = [
  { what: 'of the program alone', kill: async (victim) => killAll([victim.pid]) },
  {
    what: 'of the program, its databases and their watchers at once',
    kill: async (victim) => {
      const { mongod = 0, redis = 0, watchers } = victim.companions();
      killAll([victim.pid, mongod, redis, ...watchers]);
    },
  },
  {
    what: 'of MongoDB first, and of the program while it goes on redirecting without',
    kill: async (victim, load) => {
      const { mongod = 0 } = victim.companions();
      const before = load.clickIds.length;
      killAll([mongod]);
      await eventually(
        () => load.clickIds.length,
        (count) => count >= before + 50,
      );
      killAll([victim.pid]);
    },
    mayRefuse: true,
  },
  {
    what: 'of the program and the watchers, so that both databases are left over',
    kill: async (victim) => killAll([...victim.companions().watchers, victim.pid]),
  },
];

describe('a crash in the middle of clicks, new links and postbacks', () => {
  it.each(CRASHES.map((crash) => [crash.what, crash] as const))('%s, loses nothing', async (_, { kill, mayRefuse }) => {
    const victim = await running();
    const load = await Load.on(victim);
    await load.underWay();
    const earlier = pidsIn(folder);
    await kill(victim, load);
    await victim.program.exited;
    await load.end();
    for (const pid of pidsIn(folder)) earlier.add(pid); // MongoDB may have been started again before the end
    if (!mayRefuse) expect(load.refusals).toEqual([]);

    const next = await expectCleanStart(earlier);
    await expectNothingLost(next, load);
  });

  it('leaves no process behind when it is not started again', async () => {
    const victim = await running();
    await victim.kill9();
    server = undefined;
    await eventually(
      () => processesIn(folder),
      (leftOver) => leftOver.length === 0,
    );
  });
});
