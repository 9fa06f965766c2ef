import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/platform/config/settings.js';
import { findMongod, findRedis } from '../../src/platform/embedded/binaries.js';
import { type Databases, provideDatabases } from '../../src/platform/embedded/embedded-servers.js';
import { checkMongodb, checkRedis } from '../../src/platform/startup/preflight.js';
import { silentProgress } from '../../src/platform/startup/progress.js';
import { processesIn } from '../support/system/system-processes.js';
import { eventually } from '../support/eventually.js';
import { cleanEnvironment, cleanUp, temporaryFolder, writeScript } from '../support/system/system-program.js';
import { type Companions, SystemServer } from '../support/system/system-server.js';

const settings = readSettings(cleanEnvironment());

afterAll(cleanUp);

function count(pattern: RegExp, text: string): number {
  return text.match(new RegExp(pattern, 'gm'))?.length ?? 0;
}

async function createLink(server: SystemServer): Promise<{ id: string; shortUrl: string }> {
  const answer = await server.api<{ id: string; shortUrl: string }>('POST', '/links', {
    url: 'https://shop.example/lp',
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('a start in an empty folder, an end, and a second start', () => {
  let first: SystemServer;
  let second: SystemServer;
  let keyFileMode: number;
  let exitCode: number | string;
  let leftOver: unknown[];
  let lockIsLeft: boolean;
  let linkId: string;

  beforeAll(async () => {
    first = await SystemServer.start();
    keyFileMode = statSync(join(first.dataDir, 'first-api-key')).mode & 0o777;
    linkId = (await createLink(first)).id;
    exitCode = await first.stop();
    leftOver = processesIn(first.folder);
    lockIsLeft = existsSync(join(first.dataDir, 'hopback.lock'));
    second = await SystemServer.start({ folder: first.folder });
  });

  it('says once that it is ready, and on which URL', () => {
    expect(count(/ready on/, first.program.stdout)).toBe(1);
    expect(first.program.stdout).toContain(`Hopback is ready on http://localhost:${first.port} `);
    expect(first.program.stdout.trim().split('\n').at(-1)).toMatch(/^Hopback is ready on /);
  });

  it('prints the generated API key once and keeps it in a file that only its owner can read', () => {
    expect(first.apiKey.length).toBeGreaterThanOrEqual(24);
    expect(first.program.stdout.split(first.apiKey)).toHaveLength(2);
    expect(keyFileMode).toBe(0o600);
  });

  it('accepts the generated key, and no request without it', async () => {
    expect((await second.api('GET', '/links')).status).toBe(200);
    expect((await fetch(`${second.baseUrl}/api/v1/links`)).status).toBe(401);
  });

  it('names both embedded databases as ready', async () => {
    const answer = await fetch(`${second.baseUrl}/health/ready`);
    expect(await answer.json()).toMatchObject({ status: 'ok', info: { mongodb: { status: 'up' }, redis: {} } });
  });

  it('has no Unix socket of MongoDB, whose file a crash would leave in /tmp', () => {
    const { port } = new URL(second.embeddedMongodbUri());
    expect(existsSync(`/tmp/mongodb-${port}.sock`)).toBe(false);
  });

  it('has a MongoDB that keeps no former states of documents that no transaction reads', async () => {
    const mongodb = await createConnection(second.embeddedMongodbUri()).asPromise();
    const window = { getParameter: 1, minSnapshotHistoryWindowInSeconds: 1 };
    const answer = await mongodb.getClient().db('admin').command(window);
    await mongodb.close();
    expect(answer).toMatchObject({ minSnapshotHistoryWindowInSeconds: 0 });
  });

  it.runIf(process.platform === 'linux')('lets V8’s own threads give way, and no other of its threads', () => {
    const [main, ...others] = readdirSync(`/proc/${second.pid}/task`)
      .map(Number)
      .sort((a, b) => a - b);
    const nicenessOf = (thread = 0): number => {
      const stat = readFileSync(`/proc/${second.pid}/task/${thread}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]); // field 19 in proc(5)
    };
    const usual = nicenessOf(main);
    expect(others.map(nicenessOf)).toEqual(others.map((_, i) => (i < 5 ? Math.max(usual, 10) : usual)));
  });

  it('complains about nothing', () => {
    expect(first.program.stderr).toBe('');
    expect(second.program.stderr).toBe('');
  });

  it('ends with code 0 on SIGTERM, and leaves no process and no lock', () => {
    expect(exitCode).toBe(0);
    expect(leftOver).toEqual([]);
    expect(lockIsLeft).toBe(false);
  });

  it('has its data again, and prints no key a second time', async () => {
    expect((await second.api('GET', `/links/${linkId}`)).status).toBe(200);
    expect(count(/ready on/, second.program.stdout)).toBe(1);
    expect(second.program.stdout).not.toContain('API key');
    expect(second.program.stdout).not.toContain(second.apiKey);
  });
});

describe("with an operator's own servers", () => {
  const apiKey = 'a-key-of-the-operator-123456';
  let databases: Databases;
  let server: SystemServer;
  let companions: Companions;
  let statusWithKey: number;
  let exitCode: number | string;

  beforeAll(async () => {
    const dataDir = temporaryFolder();
    const embedded = { ...settings, dataDir, mongodbUri: undefined, redisUrl: undefined };
    databases = await provideDatabases(embedded, silentProgress);
    server = await SystemServer.start({
      env: {
        MONGODB_URI: databases.mongodbUri,
        REDIS_URL: databases.redisUrl ?? '',
        HOPBACK_API_KEY: apiKey,
      },
    });
    companions = server.companions();
    statusWithKey = (await server.api('GET', '/links')).status;
    exitCode = await server.stop();
  });
  afterAll(() => databases.stop());

  it('starts no process but the one that brings clicks into MongoDB', () => {
    const shipper: unknown = expect.any(Number);
    expect(companions).toEqual({ mongod: undefined, redis: undefined, shipper, workers: [], watchers: [] });
    expect(readdirSync(server.dataDir).sort()).toEqual(['links-0.snapshot', 'secret-key', 'sessions', 'spool']);
  });

  it('takes the key from HOPBACK_API_KEY, and neither prints it nor writes it down', () => {
    expect(statusWithKey).toBe(200);
    expect(server.program.stdout).not.toContain(apiKey);
    expect(existsSync(join(server.dataDir, 'first-api-key'))).toBe(false);
  });

  it('ends without ending them', async () => {
    expect(exitCode).toBe(0);
    await checkMongodb(databases.mongodbUri);
    await checkRedis(databases.redisUrl ?? '');
  });
});

describe.concurrent('where binaries cannot be had', () => {
  /** A machine with nothing on PATH but a Python that can not help and the given programs, and no network. */
  function poorMachine(programs: Record<string, string>): Record<string, string> {
    const machine = temporaryFolder();
    const bin = join(machine, 'bin');
    const cache = join(machine, 'cache');
    writeScript(join(bin, 'python3'), 'exit 1');
    mkdirSync(cache);
    for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(bin, name));
    return {
      PATH: bin,
      HOME: machine,
      HOPBACK_CACHE_DIR: cache,
      MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:1',
    };
  }

  it('continues without Redis, and reports it once', async () => {
    const { path } = await findMongod(settings.cacheDir);
    const server = await SystemServer.start({ env: poorMachine({ mongod: path }) });
    expect(server.companions().redis).toBeUndefined();
    expect(count(/without/, server.program.stdout)).toBe(1);
    expect(server.program.stdout).toMatch(/^• Redis: continuing without .*set REDIS_URL/m);
    expect(server.program.stderr).toBe('');

    const { id, shortUrl } = await createLink(server);
    const click = await fetch(shortUrl, { redirect: 'manual' });
    expect(click.status).toBe(302);
    const clickId = new URL(click.headers.get('location') ?? 'none:').searchParams.get('click_id');
    await eventually(
      () => server.api('GET', `/clicks/${clickId}`),
      ({ status }) => status === 200,
    );
    expect((await server.api('PATCH', `/links/${id}`, { paused: true })).status).toBe(200);
    expect((await fetch(shortUrl, { redirect: 'manual' })).status).toBe(404);
    const health = await fetch(`${server.baseUrl}/health/ready`);
    expect(health.status).toBe(200);
    expect(Object.keys(((await health.json()) as { info: object }).info)).toEqual(['mongodb']);
    expect(await server.stop()).toBe(0);
    expect(processesIn(server.folder)).toEqual([]);
  });

  it('says in one line what to install or set when there is no MongoDB, and ends the Redis it has started', async () => {
    const { path } = await findRedis(settings.cacheDir);
    const server = await SystemServer.launch({ env: poorMachine({ 'valkey-server': path }) });
    expect(await server.program.exited).toBe(1);
    expect(server.program.stderrLines).toHaveLength(1);
    expect(server.program.stderr).toMatch(
      /^hopback: No MongoDB server was found or installed .*install mongod .*set MONGODB_URI/,
    );
    expect(server.program.stdout).not.toContain('ready on');
    expect(processesIn(server.folder)).toEqual([]);
    expect(existsSync(join(server.dataDir, 'hopback.lock'))).toBe(false);
  });
});

describe.concurrent('an end in the middle of the start', () => {
  /** A Redis that never comes to be ready: whoever waits for it can be ended meanwhile. */
  async function launchWithSlowRedis(): Promise<SystemServer> {
    const bin = join(temporaryFolder(), 'bin');
    writeScript(
      join(bin, 'redis-server'),
      'case "$1" in --version) echo "Redis server v=7.0.15 sha=0";; *) cd "$3"; exec sleep 60;; esac',
    );
    const server = await SystemServer.launch({ env: { PATH: `${bin}:${process.env['PATH']}` } });
    await server.program.waitFor(/• MongoDB: /);
    await eventually(
      () => server.companions().redis,
      (pid) => pid !== undefined,
    );
    return server;
  }

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind after %s', async (signal) => {
    const server = await launchWithSlowRedis();
    server.program.kill(signal);
    expect(await server.program.exited).toBe(signal === 'SIGTERM' ? 0 : 'SIGKILL');
    await eventually(
      () => processesIn(server.folder),
      (running) => running.length === 0,
    );
  });
});
