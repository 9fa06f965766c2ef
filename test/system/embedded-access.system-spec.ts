import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/platform/config/settings.js';
import { findMongod } from '../../src/platform/embedded/binaries.js';
import { type Databases, provideDatabases } from '../../src/platform/embedded/embedded-servers.js';
import { freePort } from '../../src/platform/embedded/free-port.js';
import { mongodCredentials } from '../../src/platform/embedded/mongod-credentials.js';
import { systemLogin } from '../../src/platform/embedded/mongod-setup.js';
import { silentProgress } from '../../src/platform/startup/progress.js';
import { eventually } from '../support/eventually.js';
import { killAll, processesIn } from '../support/system/system-processes.js';
import { cleanEnvironment, cleanUp, temporaryFolder, writeScript } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const settings = readSettings(cleanEnvironment());
const UNAUTHORIZED = 13;

afterAll(cleanUp);

/** Runs commands past the program, with what the URI or the options log in with. */
async function asking<T>(uri: string, work: (client: mongo.MongoClient) => Promise<T>, options = {}): Promise<T> {
  const client = await new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 20_000, ...options }).connect();
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** `ok`, or the number of the error. */
async function outcome(client: mongo.MongoClient, command: mongo.Document, database = 'admin'): Promise<unknown> {
  try {
    await client.db(database).command(command);
    return 'ok';
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
}

function withoutPassword(uri: string): string {
  return `mongodb://${new URL(uri).host}/?directConnection=true`;
}

describe('S13 the embedded servers', () => {
  let databases: Databases;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = temporaryFolder();
    databases = await provideDatabases(
      { ...settings, dataDir, mongodbUri: undefined, redisUrl: undefined },
      silentProgress,
    );
    await asking(databases.mongodbUri, (client) => client.db('hopback').collection('things').insertOne({ a: 1 }));
  });
  afterAll(() => databases.stop());

  it('S13 without a password MongoDB refuses every command but those that tell nothing of what it holds', async () => {
    const answers = await asking(withoutPassword(databases.mongodbUri), async (client) => {
      const { commands } = await client.db('admin').command({ listCommands: 1 });
      const names = Object.keys(commands as object);
      const seen: [string, unknown][] = [];
      for (const name of names) seen.push([name, await outcome(client, { [name]: 1 })]);
      return seen;
    });
    expect(answers.length).toBeGreaterThan(100);
    const allowed = answers.filter(([, answer]) => answer === 'ok').map(([name]) => name);
    const harmless =
      /^(hello|isMaster|ping|buildInfo|connectionStatus|whatsmyuri|listCommands|getnonce|logout|endSessions|features|_isSelf|getLastError)$/;
    expect(allowed.filter((name) => !harmless.test(name))).toEqual([]);
    const refused = new Map(answers);
    for (const name of [
      'find',
      'insert',
      'createUser',
      'shutdown',
      'getParameter',
      'replSetGetConfig',
      'listDatabases',
    ]) {
      expect([name, refused.get(name)]).toEqual([name, UNAUTHORIZED]);
    }
  });

  it.each([
    ['reading', { find: 'things' }, 'hopback'],
    ['writing', { insert: 'things', documents: [{}] }, 'hopback'],
    ['making the first user', { createUser: 'me', pwd: 'me', roles: ['root'] }, 'admin'],
    ['reading users', { find: 'system.users' }, 'admin'],
    ['reading the log of writes', { find: 'oplog.rs' }, 'local'],
    ['changing the replica set', { replSetReconfig: {}, force: true }, 'admin'],
    ['ending it', { shutdown: 1, force: true }, 'admin'],
    ['ending sessions', { killAllSessions: [] }, 'admin'],
  ])('S13 without a password: %s is refused', async (_, command, database) => {
    const answer = await asking(withoutPassword(databases.mongodbUri), (client) => outcome(client, command, database));
    expect(answer).toBe(UNAUTHORIZED);
  });

  it.each(['hopback', '__system'])('S13 a wrong password is refused (%s)', async (username) => {
    const login = {
      auth: { username, password: 'x'.repeat(64) },
      authSource: username === 'hopback' ? 'admin' : 'local',
    };
    await expect(asking(withoutPassword(databases.mongodbUri), async () => undefined, login)).rejects.toThrow(
      /Authentication failed/,
    );
  });

  it.each([
    ['makes no users', { createUser: 'me', pwd: 'me', roles: ['root'] }],
    ['changes no passwords', { updateUser: 'hopback', pwd: 'me' }],
    ['changes no parameters', { setParameter: 1, logLevel: 1 }],
    ['does not change the replica set', { replSetReconfig: {}, force: true }],
    ['does not end it', { shutdown: 1, force: true }],
    ['reads no password hashes', { find: 'system.users' }],
  ])('S13 the program’s own user %s', async (_, command) => {
    expect(await asking(databases.mongodbUri, (client) => outcome(client, command))).toBe(UNAUTHORIZED);
  });

  it('S13 without the password Redis refuses every command, and a wrong one', async () => {
    const { href, hostname, port } = new URL(databases.redisUrl ?? '');
    const known = new Redis(href);
    const names = (await known.call('COMMAND', 'LIST')) as string[];
    known.disconnect();
    const tried = names.filter((name) => !/^(auth|hello|quit|reset)$/i.test(name));
    expect(tried.length).toBeGreaterThan(100);
    const commands = [...tried.map((name) => `${name} 1`), 'GET a', 'SET a b', 'FLUSHALL', 'AUTH wrong'];

    const socket = connect(Number(port), hostname);
    socket.write(commands.map((command) => `${command}\r\n`).join(''));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    const answers = await eventually(
      () => text.split('\r\n').slice(0, -1),
      ({ length }) => length >= commands.length,
    );
    socket.destroy();

    const taken = answers
      .slice(0, -4)
      .filter((answer) => !/^-(NOAUTH|ERR wrong number|ERR unknown subcommand|EXECABORT .*NOAUTH)/.test(answer));
    expect(taken).toEqual([]);
    const refused = expect.stringMatching(/^-NOAUTH/) as string;
    expect(answers.slice(-4)).toEqual([refused, refused, refused, expect.stringMatching(/^-WRONGPASS/)]);
  });

  it('S13 the secret is in a file of mode 0600 in a folder of mode 0700', () => {
    expect(statSync(join(dataDir, 'mongodb')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'redis')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'mongodb', 'hopback-key')).mode & 0o777).toBe(0o600);
  });
});

describe('S13 the program and its processes', () => {
  it('S13 show the passwords in no output, no command line and no environment', async () => {
    const server = await SystemServer.start({ env: { LOG_LEVEL: 'trace' } });
    const { key, password } = mongodCredentials(join(server.dataDir, 'mongodb'));
    await server.api('GET', '/links');
    const shown = processesIn(server.folder).map(({ pid, command }) => `${command} ${environmentOf(pid)}`);
    expect(shown.length).toBeGreaterThanOrEqual(5); // the program, both databases, the shipper and the watchers
    await server.stop();
    const all = [...shown, server.program.stdout, server.program.stderr].join('\n');
    expect(all).not.toContain(key);
    expect(all).not.toContain(password);
    expect(all).not.toMatch(/redis:\/\/:|requirepass/);
  });

  it('S13 start in a copy of the folder on another machine, though its modes are lost', async () => {
    const first = await SystemServer.start();
    const link = await first.api<{ id: string }>('POST', '/links', { url: 'https://shop.example/lp' });
    await first.stop();
    const folder = temporaryFolder();
    cpSync(first.dataDir, join(folder, 'data'), { recursive: true });
    for (const path of ['data', 'data/mongodb', 'data/mongodb/hopback-key']) chmodSync(join(folder, path), 0o755);
    const second = await SystemServer.start({ folder });
    expect((await second.api('GET', `/links/${link.body.id}`)).status).toBe(200);
    expect(statSync(join(folder, 'data/mongodb/hopback-key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(second.program.stdout).toMatch(/^• Data folder: .* was open to other users/m);
    await second.stop();
  });

  it('S13 need no more rights than the user of docker/mongo-setup.js has', async () => {
    const dataDir = temporaryFolder();
    const databases = await provideDatabases({ ...settings, dataDir, mongodbUri: undefined }, silentProgress);
    const roles = [...readFileSync('docker/mongo-setup.js', 'utf8').matchAll(/role: '(\w+)', db: '(\w+)'/g)].map(
      ([, role, db]) => ({ role, db }),
    );
    expect(roles).toHaveLength(2);
    const uri = new URL(databases.mongodbUri);
    await asking(
      `${uri.origin === 'null' ? `mongodb://${uri.host}` : uri.origin}/?directConnection=true`,
      (client) => client.db('admin').command({ createUser: 'app', pwd: 'pwd', roles, mechanisms: ['SCRAM-SHA-256'] }),
      systemLogin(mongodCredentials(join(dataDir, 'mongodb'))),
    );
    uri.username = 'app';
    uri.password = 'pwd';
    const server = await SystemServer.start({
      env: {
        MONGODB_URI: uri.href,
        REDIS_URL: databases.redisUrl ?? '',
        HOPBACK_API_KEY: 'a-key-of-the-operator-123456',
      },
    });
    const { body } = await server.api<{ id: string; shortUrl: string }>('POST', '/links', {
      url: 'https://shop.example/lp',
    });
    const click = await fetch(body.shortUrl, { redirect: 'manual' });
    const clickId = new URL(click.headers.get('location') ?? 'none:').searchParams.get('click_id');
    await eventually(
      () => server.api('GET', `/clicks/${clickId}`),
      ({ status }) => status === 200,
    );
    expect(await server.stop()).toBe(0);
    expect(server.program.stderr).toBe('');
    await databases.stop();
  });
});

describe('S13 a data folder of a version that asked for no password', () => {
  let before: string;

  /** A mongod as that version ran it. */
  async function mongodOf(dbPath: string, args: string[]): Promise<{ port: number; kill: () => Promise<void> }> {
    const { path } = await findMongod(settings.cacheDir);
    const port = await freePort();
    const common = ['--port', String(port), '--dbpath', dbPath, '--replSet', 'hopback', '--bind_ip', '127.0.0.1'];
    const server = spawn(path, [...common, '--nounixsocket', '--wiredTigerCacheSizeGB', '0.25', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await eventually(
      () => output,
      (text) => /Waiting for connections/.test(text),
    );
    const kill = async (): Promise<void> => {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    };
    return { port, kill };
  }

  beforeAll(async () => {
    before = join(temporaryFolder(), 'data');
    const dbPath = join(before, 'mongodb');
    mkdirSync(dbPath, { recursive: true });
    const { port, kill } = await mongodOf(dbPath, ['--noauth']);
    await asking(`mongodb://127.0.0.1:${port}/?directConnection=true`, async (client) => {
      const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
      await client.db('admin').command({ replSetInitiate: { _id: 'hopback', members } });
      await eventually(
        () => client.db('admin').command({ hello: 1 }),
        ({ isWritablePrimary }) => isWritablePrimary === true,
      );
      const things = Array.from({ length: 1_000 }, (_, i) => ({ _id: i as unknown as mongo.ObjectId }));
      await client.db('hopback').collection('things').insertMany(things);
    });
    await kill();
  });

  async function expectAllThere(folder: string): Promise<void> {
    const embedded = { ...settings, dataDir: join(folder, 'data'), mongodbUri: undefined, redisUrl: 'redis://unused' };
    const databases = await provideDatabases(embedded, silentProgress);
    try {
      const count = await asking(databases.mongodbUri, (client) =>
        client.db('hopback').collection('things').countDocuments(),
      );
      expect(count).toBe(1_000);
      const stranger = await asking(withoutPassword(databases.mongodbUri), (client) =>
        outcome(client, { find: 'things' }, 'hopback'),
      );
      expect(stranger).toBe(UNAUTHORIZED);
    } finally {
      await databases.stop();
    }
  }

  /** A copy of the folder, and where mongod's files are in it. */
  function copy(): { folder: string; dbPath: string } {
    const folder = temporaryFolder();
    cpSync(before, join(folder, 'data'), { recursive: true });
    return { folder, dbPath: join(folder, 'data', 'mongodb') };
  }

  it('S13 starts with a password and keeps everything, and does so again', async () => {
    const { folder } = copy();
    await expectAllThere(folder);
    await expectAllThere(folder);
  });

  const steps: [string, (dbPath: string) => Promise<void>][] = [
    ['while it wrote the secret', async (dbPath) => writeFileSync(join(dbPath, 'hopback-key.half'), 'abc')],
    ['after it wrote the secret', async (dbPath) => void mongodCredentials(dbPath)],
    [
      'after mongod asked for a password, before there was a user',
      async (dbPath) => {
        const { keyFile } = mongodCredentials(dbPath);
        const { kill } = await mongodOf(dbPath, ['--keyFile', keyFile]);
        await kill();
      },
    ],
    [
      'after there was a user, and the secret was lost then',
      async (dbPath) => {
        await expectAllThere(join(dbPath, '..', '..'));
        rmSync(join(dbPath, 'hopback-key'));
      },
    ],
  ];

  it.each(steps)('S13 starts after a start that was killed %s', async (_, leaveAs) => {
    const { folder, dbPath } = copy();
    await leaveAs(dbPath);
    await expectAllThere(folder);
  });

  it('S13 starts after starts that were killed anywhere, with the servers or without', async () => {
    const { folder } = copy();
    for (let i = 0; i < 6; i++) {
      const server = await SystemServer.launch({ folder });
      await sleep(300 + i * 400);
      const companions = processesIn(folder).map(({ pid }) => pid);
      await server.kill9();
      if (i % 2 === 0) killAll(companions);
    }
    const server = await SystemServer.start({ folder });
    const count = await asking(server.embeddedMongodbUri(), (client) =>
      client.db('hopback').collection('things').countDocuments(),
    );
    expect(count).toBe(1_000);
    await server.stop();
  });
});

describe('S14 a cached binary that was replaced', () => {
  it.each([
    ['MongoDB', 'mongod-6.0.5'],
    ['Redis', 'valkey-9.1.2'],
  ])('S14 ends the start with one line that says what to do, and is not executed (%s)', async (_, name) => {
    const machine = temporaryFolder();
    const cache = join(machine, 'cache');
    cpSync(settings.cacheDir, cache, { recursive: true });
    writeScript(join(cache, name), `: > ${machine}/executed; exit 1`);
    mkdirSync(join(machine, 'bin'));
    const server = await SystemServer.launch({ env: { HOPBACK_CACHE_DIR: cache, PATH: join(machine, 'bin') } });
    expect(await server.program.exited).toBe(1);
    expect(server.program.stderrLines).toHaveLength(1);
    expect(server.program.stderr).toMatch(new RegExp(`${name} is not the file .*was not executed.*Delete it`));
    expect(() => statSync(join(machine, 'executed'))).toThrow(/ENOENT/);
    expect(processesIn(server.folder)).toEqual([]);
  });
});

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
}
