import { execFile } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoInstance } from 'mongodb-memory-server-core';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import { describe, expect, it, vi } from 'vitest';
import { closeListener, takeConnections } from './http-server.js';
import { MongodProcess } from './mongod-process.js';

// Each workaround is tested for its need: a test that fails says that it can go, or that a new version is to be looked at.

const requireAsMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
const DRIVER = 'mongodb/lib/cmap/connection.js';

interface DriverConnection {
  writeCommand(this: object, command: object, options: object): Promise<void>;
}

/** The class of the driver as it was installed, beside the one that may have been repaired in this process. */
function unrepaired(): DriverConnection {
  const path = requireAsMongoose.resolve(DRIVER);
  const cached = requireAsMongoose.cache[path];
  delete requireAsMongoose.cache[path];
  try {
    return (requireAsMongoose(DRIVER) as { Connection: { prototype: DriverConnection } }).Connection.prototype;
  } finally {
    if (cached === undefined) delete requireAsMongoose.cache[path];
    else requireAsMongoose.cache[path] = cached;
  }
}

describe('the workaround for the MongoDB driver', () => {
  it('is for 7.8', () => {
    const { version } = requireAsMongoose('mongodb/package.json') as { version: string };
    expect(version).toMatch(/^7\.8\./);
  });

  it('is still needed: a command waits for ever for a socket that closes without an error', async () => {
    const socket = Object.assign(new EventEmitter(), { write: () => false });
    const connection = { socket, throwIfAborted: () => undefined };
    const command = { toBin: async () => [Buffer.from('command')] };
    let state = 'waiting';
    const settle = (): void => void (state = 'settled');
    unrepaired().writeCommand.call(connection, command, { agreedCompressor: 'none' }).then(settle, settle);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(socket.listenerCount('drain')).toBe(1);
    socket.emit('close');
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(state).toBe('waiting');
  });
});

describe('the workaround for mongodb-memory-server-core', () => {
  const refusal = { s: 'E', msg: 'DBException in initAndListen, terminating', attr: { error: 'DBPathInUse: é' } };
  const lines = [{ s: 'I', msg: 'before' }, refusal, { s: 'I', msg: 'after' }].map((line) => JSON.stringify(line));
  const query = JSON.stringify({ s: 'I', msg: 'Slow query', attr: { slug: 'address already in use' } });
  const withErrors = <T extends MongoInstance>(instance: T): { instance: T; errors: Error[] } => {
    const errors: Error[] = [];
    instance.on(MongoInstanceEvents.instanceError, (error: Error) => errors.push(error));
    return { instance, errors };
  };

  it('is for 11.3', () => {
    const require = createRequire(import.meta.url);
    const { version } = require('mongodb-memory-server-core/package.json') as { version: string };
    expect(version).toMatch(/^11\.3\./);
  });

  it('is still needed: several lines at once throw', () => {
    expect(() => new MongoInstance({}).stdoutHandler(lines.join('\n'))).toThrow(SyntaxError);
  });

  it('is still needed: a logged query stops mongod', () => {
    const { instance, errors } = withErrors(new MongoInstance({}));
    instance.isInstanceReady = true;
    instance.stdoutHandler(query);
    expect(errors).toHaveLength(1);
  });

  it('reads each line, wherever the output is cut', () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { instance, errors } = withErrors(new MongodProcess({}));
      const read = vi.fn();
      instance.on(MongoInstanceEvents.instanceSTDOUT, read);
      instance.stdoutHandler(bytes.subarray(0, cut));
      instance.stdoutHandler(bytes.subarray(cut));
      expect(read.mock.calls.flat()).toEqual(lines);
      expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/DBPathInUse: é$/)]);
    }
  });

  it('reads the last line that has no end, and one that is no JSON', () => {
    const { instance, errors } = withErrors(new MongodProcess({}));
    instance.stdoutHandler('DBException in initAndListen, half a li');
    expect(errors).toEqual([]);
    instance.closeHandler(0, null);
    expect(errors).toEqual([new Error('DBException in initAndListen, half a li')]);
  });

  it('leaves mongod alone, whatever it logs, once it is ready', () => {
    const { instance, errors } = withErrors(new MongodProcess({}));
    instance.stdoutHandler(`{"msg":"Waiting for connections"}\n${query}\n`);
    expect([instance.isInstanceReady, errors]).toEqual([true, []]);
  });
});

describe('the workarounds for Node', () => {
  it('are for 20 to 24', () => {
    expect(Number(process.versions.node.split('.')[0])).toSatisfy((major: number) => major >= 20 && major <= 24);
  });

  it('are still needed: a connection stays open that a killed worker was given', async () => {
    const fixture = fileURLToPath(new URL('../../../test/support/killed-worker.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [fixture]);
    expect(stdout).toBe('open');
  });

  it('are still needed: an HTTP server that closes ends idle connections at once', async () => {
    const { server, client } = await idleConnection();
    server.close();
    await once(client, 'close');
  });

  it('leave an idle connection open, for the request that may be on its way', async () => {
    const { server, client } = await idleConnection();
    const closed = closeListener(server);
    client.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(String((await once(client, 'data'))[0])).toContain('HTTP/1.1 200');
    await closed;
  });

  it('give a connection back to Node that was taken from it', async () => {
    const server = createServer((_, response) => response.end('by Node'));
    const serveByNode = takeConnections(server, (socket) => serveByNode.call(server, socket));
    const client = await ask(server);
    client.destroy();
    server.close();
  });
});

/** A connection to a new server that has had its first answer. */
async function idleConnection(): Promise<{ server: Server; client: Socket }> {
  const server = createServer((_, response) => response.end());
  const client = await ask(server);
  await new Promise(setImmediate);
  return { server, client };
}

async function ask(server: Server): Promise<Socket> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const [answer] = (await once(client, 'data')) as [Buffer];
  expect(answer.toString()).toContain('HTTP/1.1 200');
  return client;
}
