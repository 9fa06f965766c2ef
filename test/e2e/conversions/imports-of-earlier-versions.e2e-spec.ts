import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportClient } from '../../support/api/conversion-import-client.js';
import { TestApp } from '../../support/test-app.js';

const COLLECTIONS = { jobs: 'conversionImports', chunks: 'conversionImportChunks' } as const;
const NOW = new Date();

let app: TestApp;
let imports: ImportClient;
beforeAll(async () => {
  app = await TestApp.start();
  imports = new ImportClient(app);
});
afterAll(() => app.close());

/** A job as the version before stored it: no `kind`, and the fields of conversions at the top level. */
async function storeJob(fields: object, rows: string[][]): Promise<string> {
  const id = `imp_${Math.random().toString(36).slice(2).padEnd(20, '0').slice(0, 20)}`;
  const [{ workspaceId } = { workspaceId: '' }] = await app.connection
    .collection<{ workspaceId: string }>('apiKeys')
    .find()
    .toArray();
  const expiresAt = new Date(NOW.getTime() + 86_400_000);
  const times = { at: NOW, createdAt: NOW, updatedAt: NOW, expiresAt, leaseUntil: new Date(0) };
  const counts = { accepted: 0, updated: 0, duplicate: 0, rejected: 0 };
  const none = { problems: [], ignoredColumns: [], error: null, holder: null, fileHash: 'hash', networkId: null };
  const progress = { rows: rows.length, done: 0, chunks: 1, nextChunk: 0 };
  await app.connection.collection<{ _id: string }>(COLLECTIONS.chunks).insertOne({
    _id: `${id}:0`,
    workspaceId,
    firstRow: 1,
    rows: rows.map((cells, i) => ({ line: i + 2, fields: cells })),
    results: [],
    verdicts: [],
    expiresAt,
  } as never);
  await app.connection.collection<{ _id: string }>(COLLECTIONS.jobs).insertOne({
    _id: id,
    workspaceId,
    status: 'running',
    dryRun: false,
    ...none,
    ...progress,
    counts,
    ...times,
    ...fields,
  } as never);
  return id;
}

describe('an import that the version before has begun', () => {
  it.each([
    [
      'the last one',
      {
        header: ['click_id', 'event', 'payout', 'currency'],
        dialect: { mapping: { params: {}, events: {}, statuses: {} }, defaults: {} },
        conventions: {},
        transactions: 'click',
        repeats: {},
        warnings: [],
        additions: {},
        columns: 4,
        notices: [],
      },
    ],
    [
      'an earlier one',
      {
        places: { click_id: 0, event: 1, payout: 2, currency: 3 },
        dialect: { events: {}, statuses: {}, defaults: {} },
      },
    ],
  ])('is continued: %s', async (_, fields) => {
    const { clickIds } = await imports.mintedClicks(2);
    const id = await storeJob(
      fields,
      clickIds.map((clickId) => [clickId, 'sale', '5', 'EUR']),
    );
    expect(await imports.ended(id)).toMatchObject({
      status: 'done',
      done: 2,
      counts: { accepted: 2, updated: 0, duplicate: 0, rejected: 0 },
    });
    const { data } = await imports.rows(id);
    expect(data.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    expect((await imports.newest())?.id).toBeDefined();
  });

  it('does not keep the index that allowed one active job of all kinds', async () => {
    const names = (await app.connection.collection(COLLECTIONS.jobs).indexes()).map(({ name }) => name);
    expect(names).toContain('workspaceId_1_kind_1');
    expect(names).not.toContain('workspaceId_1');
  });
});
