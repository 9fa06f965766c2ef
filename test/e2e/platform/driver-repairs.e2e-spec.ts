import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CONNECTION_OPTIONS } from '../../../src/platform/mongo/connection-options.js';
import { type Connection, createConnection } from '../../../src/platform/mongo/driver.js';

/** The insides of a MongoClient, by which its sockets are found. */
interface Insides {
  topology: { s: { servers: Map<string, { pool: { connections: { toArray(): { socket: Socket }[] } } }> } };
}

let connection: Connection;
beforeAll(async () => {
  connection = await createConnection(inject('mongodbUri'), CONNECTION_OPTIONS).asPromise();
});
afterAll(() => connection.close());

const idleSockets = (): Socket[] => {
  const { topology } = connection.getClient() as unknown as Insides;
  const pools = [...topology.s.servers.values()].map(({ pool }) => pool.connections.toArray());
  return pools.flat().map(({ socket }) => socket);
};

const ask = (): Promise<unknown> => connection.getClient().db('hopback').collection('things').findOne({ a: 1 });

/** Steps of the driver between being asked a question and having sent it. Without the repairs each of the first eight hung, or failed. */
const STEPS = Array.from({ length: 16 }, (_, step) => step);

describe.each([
  ['is closed', (socket: Socket) => socket.destroy()],
  ['breaks', (socket: Socket) => socket.destroy(Object.assign(new Error('broken'), { code: 'ECONNRESET' }))],
])('a question whose socket %s while it is about to be sent', (_, end) => {
  it.each(STEPS)('is asked again by another (after %i steps)', async (steps) => {
    await ask();
    const sockets = idleSockets();
    expect(sockets.length).toBeGreaterThan(0);
    const answer = ask();
    for (let i = 0; i < steps; i++) await Promise.resolve();
    for (const socket of sockets) end(socket);
    expect(await answer).toBeNull();
  });
});
