import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnDatabase, ownRedis, ownReplicaSet } from '../support/system/system-databases.js';
import { cleanUp } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const API_KEY = 'system_test_key_0123456789abcdef';
const REPEATS = 1_000;
const KILLS = 4;
const SENDERS = 12;

interface Answer {
  status: number;
  body: { verdict?: string; conversionId?: string };
}
interface Stored {
  _id: string;
  dedupeKey: string;
  status: string;
  eventType: string;
  isFtd: boolean;
  clickId: string;
  payout: { amount: string } | null;
}
interface Stats {
  registrations: number;
  ftds: number;
  deposits: number;
  conversions: number;
  approved: number;
  rejected: number;
  payouts: { amount: string }[];
}

let mongodb: OwnDatabase;
let redis: OwnDatabase;
let database: Connection;
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

beforeAll(async () => {
  [mongodb, redis] = await Promise.all([ownReplicaSet(), ownRedis()]);
  database = await createConnection(mongodb.url, { directConnection: true }).asPromise();
});
afterAll(async () => {
  agent.destroy();
  await database.close();
  await cleanUp();
  await Promise.all([mongodb.kill(), redis.kill()]);
});

const start = (folder?: string): Promise<SystemServer> =>
  SystemServer.start({
    ...(folder !== undefined && { folder }),
    env: {
      HOPBACK_API_KEY: API_KEY,
      MONGODB_URI: mongodb.url,
      REDIS_URL: redis.url,
      PUBLIC_URL: 'http://go.brand.example',
    },
  });

/** Rejects when the connection is gone: then nobody knows whether it was taken. */
function ask(
  port: number,
  path: string,
  host = 'go.brand.example',
): Promise<Answer & { location: string | undefined }> {
  return new Promise((resolve, reject) => {
    get({ agent, port, path, host: '127.0.0.1', headers: { host } }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('error', reject);
      response.on('end', () => {
        const isJson = response.headers['content-type']?.includes('json') === true;
        const body = isJson ? (JSON.parse(text) as Answer['body']) : {};
        resolve({ status: response.statusCode ?? 0, body, location: response.headers.location });
      });
    }).on('error', reject);
  });
}

async function setUp(
  server: SystemServer,
): Promise<{ linkId: string; key: string; networkId: string; clickIds: string[] }> {
  const api = async <T>(path: string, json: unknown): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const network = await api<{ id: string; key: string }>('/networks', { name: 'Casino', currency: 'EUR' });
  const link = await api<{ id: string; slug: string }>('/links', { url: 'https://shop.example/lp' });
  const clickIds: string[] = [];
  for (let i = 0; i < 20; i++) {
    const { location = '' } = await ask(server.port, `/${link.slug}`);
    clickIds.push(new URL(location).searchParams.get('click_id') ?? '');
  }
  return { linkId: link.id, key: network.key, networkId: network.id, clickIds };
}

const conversionsOf = (networkId: string): Promise<Stored[]> =>
  database.collection<Stored>('conversions').find({ networkId }).toArray();

async function statsOf(server: SystemServer, linkId: string): Promise<Stats> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/links/${linkId}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return ((await response.json()) as { stats: Stats }).stats;
}

/** The numbers, worked out anew from what is stored; amounts are whole. */
function recount(conversions: readonly Stored[]): Stats {
  const count = (matches: (one: Stored) => boolean): number => conversions.filter(matches).length;
  const counts = (one: Stored): boolean => one.status !== 'rejected';
  const paid = conversions.filter(({ status, payout }) => status === 'approved' && payout !== null);
  const sum = paid.reduce((total, { payout }) => total + Number(payout?.amount), 0);
  return {
    registrations: count((one) => one.eventType === 'registration' && counts(one)),
    ftds: count((one) => one.isFtd && counts(one)),
    deposits: count((one) => one.eventType === 'deposit' && counts(one)),
    conversions: conversions.length,
    approved: count(({ status }) => status === 'approved'),
    rejected: count(({ status }) => status === 'rejected'),
    payouts: paid.length === 0 ? [] : [{ amount: sum.toFixed(2) }],
  };
}
const comparable = ({ registrations, ftds, deposits, conversions, approved, rejected, payouts }: Stats): Stats => ({
  registrations,
  ftds,
  deposits,
  conversions,
  approved,
  rejected,
  payouts: payouts.map(({ amount }) => ({ amount })),
});

describe('postbacks to several processes', () => {
  it(`make one conversion of ${REPEATS} that are the same and come at once to three of them`, async () => {
    const servers = await Promise.all([start(), start(), start()]);
    const [first] = servers;
    const { linkId, key, networkId, clickIds } = await setUp(first);
    const path = `/postback/${key}?click_id=${clickIds[0]}&event=ftd&payout=50&txid=T-1`;
    const answers = await Promise.all(
      Array.from({ length: REPEATS }, (_, i) => ask((servers[i % 3] ?? first).port, path)),
    );
    expect(
      new Map(answers.map(({ status }) => [status, answers.filter((one) => one.status === status).length])),
    ).toEqual(new Map([[200, REPEATS]]));
    expect(answers.filter(({ body }) => body.verdict === 'accepted')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.verdict === 'duplicate')).toHaveLength(REPEATS - 1);
    const conversions = await conversionsOf(networkId);
    expect(conversions).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.conversionId))).toEqual(new Set([conversions[0]?._id]));
    expect(comparable(await statsOf(first, linkId))).toEqual(recount(conversions));
    expect(await database.collection('postbacks').countDocuments({ networkId })).toBe(REPEATS);
    await Promise.all(servers.map((server) => server.stop()));
  });
});

describe('postbacks while their process is killed', () => {
  it('leave neither a conversion without its counters, nor a double, nor lose one that was answered', async () => {
    let server = await start();
    const { linkId, key, networkId, clickIds } = await setUp(server);
    const acknowledged = new Set<string>();
    let sent = 0;
    let isOver = false;
    // Each is sent until it is answered, as a network does; so many come twice.
    const sender = async (): Promise<void> => {
      while (!isOver) {
        const number = sent++;
        const event = ['registration', 'ftd', 'deposit', 'deposit'][number % 4] ?? '';
        const status = number % 7 === 0 ? '&status=rejected' : '';
        const clickId = clickIds[number % clickIds.length];
        const path = `/postback/${key}?click_id=${clickId}&event=${event}&payout=2&txid=T-${number}${status}`;
        for (let isAnswered = false; !isAnswered;) {
          try {
            isAnswered = (await ask(server.port, path)).status === 200;
          } catch {
            await sleep(20);
          }
        }
        acknowledged.add(`tx:${event}:T-${number}`);
      }
    };
    const senders = Array.from({ length: SENDERS }, sender);
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged.size;
      // A commit is always under way with so many senders; where in it the kill comes differs each time.
      while (acknowledged.size < before + 150) await sleep(3);
      await sleep(kill * 2);
      await server.kill9();
      // Where it was, as always: it ends the transaction that was open, which else locks what it has touched for a minute.
      server = await start(server.folder);
    }
    isOver = true;
    await Promise.all(senders);

    const conversions = await conversionsOf(networkId);
    const keys = conversions.map(({ dedupeKey }) => dedupeKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...acknowledged].filter((one) => !keys.includes(one))).toEqual([]);
    expect(conversions).toHaveLength(sent);
    expect(comparable(await statsOf(server, linkId))).toEqual(recount(conversions));
    const firsts = conversions.filter(({ isFtd }) => isFtd).map(({ clickId }) => clickId);
    expect(new Set(firsts).size).toBe(firsts.length);
    await server.stop();
  });
});
