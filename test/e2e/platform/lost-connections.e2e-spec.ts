import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { SequenceRepository } from '../../../src/platform/mongo/sequence.repository.js';
import { type Transaction, Transactions } from '../../../src/platform/mongo/transactions.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { AuditEntriesRepository } from '../../../src/workspaces/audit/audit-entries.repository.js';
import type { AuditEntry } from '../../../src/workspaces/audit/audit-entry.schema.js';
import { MongoProxy } from '../../support/servers/mongo-proxy.js';
import { TestApp } from '../../support/test-app.js';

const MANY = 20;
const WORKSPACE = trustedWorkspaceId(newId('wsp'));

let proxy: MongoProxy;
let app: TestApp;
let network: NetworkResponse;
let entries: AuditEntriesRepository;
beforeAll(async () => {
  proxy = await MongoProxy.start(inject('mongodbUri'));
  app = await TestApp.start({ mongodbUri: proxy.uri });
  network = await app.createNetwork();
  entries = app.app.get(AuditEntriesRepository);
});
afterAll(async () => {
  await app.close();
  await proxy.close();
});

const times = <T>(make: (i: number) => T): T[] => Array.from({ length: MANY }, (_, i) => make(i));

const entryOf = (objectId: string): Omit<AuditEntry, 'workspaceId'> => ({
  _id: newId('aud'),
  at: new Date(),
  actor: { kind: 'key', id: 'key_x', name: 'x' },
  ip: '127.0.0.1',
  requestId: 'x',
  action: 'x.made',
  objectId,
  before: null,
  after: { a: 1 },
});

/** Lets all wait for each other, the first time that they come; then `act` is called. */
function meeting(act: () => void): () => Promise<void> {
  let missing = MANY;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return async () => {
    if (--missing === 0) {
      open();
      act();
    }
    await opened;
  };
}

/** Runs transactions at once, each of which stores one entry; `meet` is where all their connections break. */
async function entriesStored(
  name: string,
  work: (tx: Transaction, objectId: string, meet: () => Promise<void>) => Promise<void>,
  act: () => void,
): Promise<string[]> {
  const meet = meeting(act);
  const transactions = app.app.get(Transactions);
  await Promise.all(times((i) => transactions.run((tx) => work(tx, `${name} ${i}`, meet))));
  const stored = await entries.findMany(WORKSPACE, { objectId: new RegExp(`^${name} `) });
  return stored.map(({ objectId }) => objectId).toSorted();
}

describe('transactions whose connections all break at once', () => {
  const insert = (tx: Transaction, objectId: string): Promise<unknown> =>
    entries.insert(WORKSPACE, entryOf(objectId), tx);
  const namesOf = (name: string): string[] => times((i) => `${name} ${i}`).toSorted();

  it('are run again when it is before a write', async () => {
    const work = async (tx: Transaction, objectId: string, meet: () => Promise<void>): Promise<void> => {
      await entries.findOne(WORKSPACE, { objectId }, tx);
      await meet();
      await insert(tx, objectId);
    };
    expect(await entriesStored('write', work, () => proxy.reset())).toEqual(namesOf('write'));
  });

  it('are run again when it is before a bulk write', async () => {
    const work = async (tx: Transaction, objectId: string, meet: () => Promise<void>): Promise<void> => {
      await entries.findOne(WORKSPACE, { objectId }, tx);
      await meet();
      await entries.saveMany(WORKSPACE, { inserts: [entryOf(objectId)], changes: [] }, tx);
    };
    expect(await entriesStored('bulk', work, () => proxy.reset())).toEqual(namesOf('bulk'));
  });

  it('are run again when it is after a write, which is not stored twice', async () => {
    const work = async (tx: Transaction, objectId: string, meet: () => Promise<void>): Promise<void> => {
      await insert(tx, objectId);
      await meet();
      await entries.findOne(WORKSPACE, { objectId }, tx);
    };
    expect(await entriesStored('read', work, () => proxy.reset())).toEqual(namesOf('read'));
  });

  it.each([0, 1, 2, 3])('are committed once when it is while they commit (%i)', async (turns) => {
    const breakLater = async (): Promise<void> => {
      for (let i = 0; i <= turns; i++) await nextTurn();
      proxy.reset();
    };
    const work = async (tx: Transaction, objectId: string, meet: () => Promise<void>): Promise<void> => {
      await insert(tx, objectId);
      await meet();
    };
    const name = `commit-${turns}`;
    expect(await entriesStored(name, work, () => void breakLater())).toEqual(namesOf(name));
  });
});

describe('numbers whose connections all break at once', () => {
  it.each([1, 2, 3, 4])('are had all the same, each by one (%i)', async (turns) => {
    const sequences = app.app.get(SequenceRepository);
    const numbers = Promise.all(times(() => sequences.next('lost-connections')));
    for (let i = 0; i < turns; i++) await nextTurn();
    proxy.reset();
    expect(new Set(await numbers).size).toBe(MANY);
  });
});

// What was being read, not changed, may be told to try again.
describe('requests whose connections to MongoDB break', () => {
  it.each([5, 15, 30, 60])(
    'are answered or refused with a retry; what they create is created once (%i ms)',
    async (ms) => {
      const tag = `after-${ms}`;
      const { link, clickId } = await app.clickedLink();
      const made = times(() => app.api('post', '/links').send({ url: 'https://shop.example/', tags: [tag] }));
      const sent = times((i) => app.postback(network, `click_id=${clickId}&event=deposit&txid=${tag}-${i}&payout=1`));
      const answers = Promise.all([...made, ...sent]);
      await sleep(ms);
      proxy.reset();
      const statuses = (await answers).map(({ status }) => status);
      expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([]);

      const { body } = await app.api('get', `/links?tag=${tag}&limit=100`);
      const count = (status: number): number => statuses.filter((one) => one === status).length;
      expect((body as { data: LinkResponse[] }).data).toHaveLength(count(201));
      const { deposits } = (await app.link(link.id)).stats;
      expect(deposits).toBeGreaterThanOrEqual(count(200));
      expect(deposits).toBeLessThanOrEqual(MANY);
    },
  );
});
