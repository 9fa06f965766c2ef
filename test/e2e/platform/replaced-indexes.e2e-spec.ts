import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const OLD: [collection: string, keys: Record<string, 1 | -1>, name: string][] = [
  ['domains', { hostname: 1 }, 'hostname_1'],
  ['conversionImports', { workspaceId: 1 }, 'workspaceId_1'],
  ['links', { hostname: 1, slugKeys: 1 }, 'hostname_1_slugKeys_1'],
  ['postbacks', { workspaceId: 1, _id: -1 }, 'workspaceId_1__id_-1'],
  ['postbacks', { workspaceId: 1, networkId: 1, _id: -1 }, 'workspaceId_1_networkId_1__id_-1'],
];

async function allIndexes(): Promise<string[]> {
  const collections = [...new Set(OLD.map(([collection]) => collection))];
  const names = await Promise.all(
    collections.map(async (collection) =>
      (await app.connection.collection(collection).indexes()).map(({ name }) => name),
    ),
  );
  return names.flatMap((list, i) => list.map((name) => `${collections[i]}.${name}`));
}

it('the indexes of earlier versions are dropped at the start, and no others', async () => {
  const today = await allIndexes();
  const options = { unique: true, partialFilterExpression: { ofEarlierVersion: true } };
  for (const [collection, keys, name] of OLD)
    expect(await app.connection.collection(collection).createIndex(keys, options)).toBe(name);
  expect(await allIndexes()).toHaveLength(today.length + OLD.length);
  const second = await TestApp.start({ sharing: app });
  await second.close();
  expect(await allIndexes()).toEqual(today);
});
