import { afterAll, beforeAll, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OwnDatabase, ownRedis, ownReplicaSet } from '../support/system/system-databases.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

// Both stores are stopped while requests of all kinds come. The log is to have two lines for each outage and process.
const REQUESTS_AT_ONCE = 8;
const OUTAGE_MS = 4_000;
const WARN = 40;
const HOPBACK_API_KEY = 'the-key-of-the-outage-log-test';

interface Line {
  level: number;
  msg: string;
  err?: unknown;
}

let mongod: OwnDatabase;
let redis: OwnDatabase;
beforeAll(async () => {
  [mongod, redis] = await Promise.all([ownReplicaSet(), ownRedis()]);
});
afterAll(cleanUp);

function start(settings: Record<string, string>): Promise<SystemServer> {
  const env = { HOPBACK_API_KEY, MONGODB_URI: mongod.url, REDIS_URL: redis.url, RATE_LIMIT_ADDRESS: '0', ...settings };
  return SystemServer.start({ env });
}

/** Asks for known and unknown links, the API, postbacks and health, until `signal` is aborted. */
async function request(server: SystemServer, shortUrl: string, signal: AbortSignal): Promise<number> {
  const { baseUrl, authorization: headers } = server;
  const key = 'k'.repeat(24);
  let sent = 0;
  const urls = () => [shortUrl, `${baseUrl}/unknown-${sent}`, `${baseUrl}/api/v1/links`, `${baseUrl}/postback/${key}`];
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      for (const url of [...urls(), `${baseUrl}/health/ready`]) {
        await fetch(url, { headers, redirect: 'manual' }).catch(() => undefined);
        sent++;
      }
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, loop));
  return sent;
}

/** Requests come during the outage and until the log says that the store answers again. */
async function outage(server: SystemServer, begin: () => unknown, end: () => unknown, isOver: RegExp): Promise<void> {
  const { shortUrl } = (await server.api<{ shortUrl: string }>('POST', '/links', { url: 'https://shop.example/' }))
    .body;
  await fetch(shortUrl, { redirect: 'manual' });
  const stopping = new AbortController();
  const requests = request(server, shortUrl, stopping.signal);
  await begin();
  await sleep(OUTAGE_MS);
  await end();
  await server.program.waitFor(isOver);
  stopping.abort();
  expect(await requests).toBeGreaterThan(REQUESTS_AT_ONCE * 2);
}

const jsonLines = (server: SystemServer): Line[] =>
  server.program.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Messages of lines from `WARN` on, each once with how often it came. */
function warnings(server: SystemServer): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { level, msg } of jsonLines(server)) if (level >= WARN) counts[msg] = (counts[msg] ?? 0) + 1;
  return counts;
}

const MONGO_AWAY =
  'MongoDB does not answer; known links redirect, background jobs wait, other requests are answered 503';
const CLICKS_WAIT = 'clicks cannot be stored; they wait in the spool and are retried';
const REDIS_AWAY = 'Redis does not answer; continuing without it, MongoDB is asked instead';

it('has one line when an outage begins and one when it ends, without stacks, whatever fails meanwhile', async () => {
  const server = await start({});
  await outage(
    server,
    () => mongod.freeze(),
    () => mongod.thaw(),
    /"MongoDB answers again"/,
  );
  await outage(
    server,
    () => redis.kill(),
    () => redis.start(),
    /"Redis answers again"/,
  );
  const { [CLICKS_WAIT]: clicksWait = 0, ...counts } = warnings(server);
  expect(counts).toEqual({ [MONGO_AWAY]: 1, [REDIS_AWAY]: 1 });
  expect(clicksWait).toBeLessThanOrEqual(1);
  const ends = jsonLines(server).filter(({ msg }) => msg.endsWith(' answers again'));
  expect(ends.map(({ msg }) => msg)).toEqual(['MongoDB answers again', 'Redis answers again']);
  expect(server.program.stdout).not.toContain('"stack"');
  expect(server.program.stderrLines).toEqual([]);
  expect(await server.stop()).toBe(0);
});

it('writes lines of text for people with LOG_FORMAT=pretty, in all processes', async () => {
  const server = await start({ LOG_FORMAT: 'pretty' });
  await outage(
    server,
    () => mongod.kill(),
    () => mongod.start(),
    /MongoDB answers again/,
  );
  const lines = server.program.stdout.split('\n');
  expect(lines.filter((line) => line.startsWith('{'))).toEqual([]);
  expect(lines.filter((line) => line.includes(MONGO_AWAY))).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d error MongoDB does not answer; .* \(.*reason=.*\)$/),
  ]);
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
  expect(await server.stop()).toBe(0);
});
