import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VariantClicksRepository } from '../../../src/counters/variant-clicks.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const NAME = 'Größe v1.2';
const FIELD = 'Gr%C3%B6%C3%9Fe%20v1%2E2';
const createRotating = (name = NAME): Promise<LinkResponse> =>
  app.createLink({ variants: [{ name, url: 'https://shop.example/a' }] });
/** Human clicks and bots' clicks, once they are counted. */
async function click(link: LinkResponse, humans: number, bots: number): Promise<void> {
  const before = (await app.link(link.id)).stats.clicks.total;
  for (let i = 0; i < humans; i++) await app.click(link, '?source=x').set('user-agent', BROWSER);
  for (let i = 0; i < bots; i++) await app.click(link).set('user-agent', 'Googlebot/2.1');
  await eventually(
    () => app.link(link.id),
    ({ stats }) => stats.clicks.total === before + humans + bots,
  );
}

const rows = () => app.connection.collection<{ _id: string; by?: unknown }>('linkQuarters');
const rowsOf = (link: LinkResponse) => rows().find({ linkId: link.id }).toArray();

async function variantsOf(link: LinkResponse): Promise<Record<string, number>> {
  const workspaceId = trustedWorkspaceId((await app.api('get', '/workspaces/current')).body.id as string);
  return Object.fromEntries(await app.app.get(VariantClicksRepository).clicksByVariant(workspaceId, link.id, 0));
}

describe('clicks by variant', () => {
  it('have no row for a link without variants, nor for bots', async () => {
    const [plain, rotating] = [await app.createLink(), await createRotating()];
    await click(plain, 3, 1);
    await click(rotating, 0, 2);
    expect([...(await rowsOf(plain)), ...(await rowsOf(rotating))]).toEqual([]);
  });

  it('are the human clicks, and rows hold nothing else', async () => {
    const link = await createRotating();
    await click(link, 2, 1);
    expect(await variantsOf(link)).toEqual({ [NAME]: 2 });
    for (const row of await rowsOf(link)) {
      expect(Object.keys(row).sort()).toEqual(['_id', 'at', 'by', 'linkId', 'workspaceId']);
      expect(row.by).toEqual({ variant: { [FIELD]: { h: expect.any(Number) } } });
    }
  });

  it('have names of any length and script', async () => {
    const name = '長'.repeat(40);
    const link = await app.createLink({
      rules: [
        {
          name,
          when: [{ field: 'bot', op: 'in', values: ['false'] }],
          variants: [{ name, url: 'https://shop.example/a' }],
        },
      ],
    });
    await click(link, 2, 0);
    expect(await variantsOf(link)).toEqual({ [`${name}/${name}`]: 2 });
  });

  it('are added to rows of earlier versions, which have more counts', async () => {
    const link = await createRotating();
    await click(link, 1, 0);
    const [{ _id: id, ...row } = { _id: '' }] = await rowsOf(link);
    const counts = { h: 3, b: 1, u: 2 };
    const more = { ...counts, 'by.device': { mobile: counts }, 'by.variant.B': counts };
    await rows().updateOne({ _id: id }, { $set: more });
    const by = { device: { mobile: counts }, variant: { [FIELD]: counts } };
    await rows().insertOne({ ...row, _id: `${link.id}:1700000100:clicks1`, ...counts, by } as never);
    await rows().insertOne({
      ...row,
      _id: `${link.id}:1700001000:clicks1`,
      ...counts,
      by: { device: by.device },
    } as never);
    await click(link, 1, 1);
    expect(await variantsOf(link)).toEqual({ [NAME]: 5, B: 3 });
  });
});
