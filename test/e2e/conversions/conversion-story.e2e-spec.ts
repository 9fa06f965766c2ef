import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { StoryEntry } from '../../../src/postbacks/rules/conversion-story.js';
import type { ConversionStoryResponse } from '../../../src/postbacks/story/conversion-story.dto.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { ImportClient, lines } from '../../support/api/conversion-import-client.js';
import { expectProblem } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

const UNKNOWN_ID = 'cnv_00000000000000000000';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

const read = async (id: string, key = app.apiKey): Promise<ConversionStoryResponse> => {
  const response = await app.api('get', `/conversions/${id}/story`, key);
  expect(response.status, response.text).toBe(200);
  return response.body as ConversionStoryResponse;
};
const kinds = (entries: StoryEntry[]): string[] => entries.map(({ kind }) => kind);
const reported = async (query: string): Promise<string> =>
  (await app.goodPostback(network, query)).conversionId as string;

describe('access to the story of a conversion', () => {
  itAsksForKeyAndScope(() => app, [['get', `/conversions/${UNKNOWN_ID}/story`, 'conversions:read']]);

  it('is a 404 for an unknown id and for another workspace’s', async () => {
    const other = await app.createWorkspace();
    const { clickId } = await app.clickedLink();
    const id = await reported(`click_id=${clickId}&event=lead`);
    expect((await read(id)).entries.length).toBeGreaterThan(0);
    for (const unknown of [UNKNOWN_ID, 'nonsense', id]) {
      expectProblem(await app.api('get', `/conversions/${unknown}/story`, other.apiKey), 404);
    }
  });
});

describe('the story of a conversion', () => {
  it('tells of click, redirect, postbacks with verdicts, a manual change and all moves, in order', async () => {
    const link = await app.createLink({ variants: [{ name: 'A', url: 'https://shop.example/a', weight: 1 }] });
    const clickId = await app.clickId(link, '?sub1=fb');
    await app.storedClick(clickId);
    const sale = `click_id=${clickId}&event=sale&txid=S-1&currency=EUR`;
    const id = await reported(`${sale}&status=pending&payout=10`);
    await app.goodPostback(network, `${sale}&status=approved&payout=12`);
    await app.goodPostback(network, `${sale}&status=approved&payout=12`);
    const patched = await app.api('patch', `/conversions/${id}`).send({ status: 'rejected', note: 'Fraud' });
    expect(patched.status, patched.text).toBe(200);

    const { entries, complete } = await read(id);
    expect(complete).toBe(true);
    expect(kinds(entries)).toEqual([
      'click',
      'redirect',
      'postback',
      'status',
      'postback',
      'status',
      'postback',
      'manual',
      'status',
    ]);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(entries[0]).toMatchObject({
      clickId,
      linkId: link.id,
      isStored: true,
      isUnique: true,
      subs: { sub1: 'fb' },
    });
    expect(entries[1]).toMatchObject({ variant: 'A', rule: null, device: 'desktop', isStored: true });
    const verdicts = entries.flatMap((entry) => (entry.kind === 'postback' ? [entry.verdict] : []));
    expect(verdicts).toEqual(['accepted', 'updated', 'duplicate']);
    expect(entries.filter(({ kind }) => kind === 'status')).toMatchObject([
      { previousStatus: null, status: 'pending', previousPayout: null, payout: { amount: '10.00', currency: 'EUR' } },
      { previousStatus: 'pending', status: 'approved', payout: { amount: '12.00', currency: 'EUR' } },
      { previousStatus: 'approved', status: 'rejected', origin: 'manual', note: 'Fraud' },
    ]);
    expect(entries.find(({ kind }) => kind === 'manual')).toMatchObject({ note: 'Fraud', by: expect.any(String) });
  });

  it('has what was sent only for keys that may read the postback log', async () => {
    const { clickId } = await app.clickedLink();
    const id = await reported(`click_id=${clickId}&event=lead&secretive=yes`);
    const key = await app.createKey(['conversions:read', 'clicks:read']);
    const { entries } = await read(id, key);
    expect(entries.find(({ kind }) => kind === 'postback')).toMatchObject({ verdict: 'accepted', request: null });
    expect(JSON.stringify(entries)).not.toContain('secretive');
    const full = await read(id, await app.createKey(['conversions:read', 'postbacks:read']));
    const request = { method: 'GET', query: expect.stringContaining('secretive=yes') };
    expect(full.entries.find(({ kind }) => kind === 'postback')).toMatchObject({ request });
    expect(JSON.stringify(full)).not.toContain(network.key);
  });

  it('tells of pages and files', async () => {
    const { clickId } = await app.clickedLink();
    const pixel = await app
      .plain('post', '/api/v1/track')
      .send({ key: network.pixelKey, clickId, event: 'registration' });
    const { conversionId } = pixel.body as { conversionId: string };
    const client = new ImportClient(app);
    const importId = await client.start(
      lines('click_id,event,status', `${clickId},registration,rejected`),
      `?networkId=${network.id}`,
    );
    await client.ended(importId);
    const { entries } = await read(conversionId);
    expect(kinds(entries).filter((kind) => !['click', 'redirect'].includes(kind))).toEqual([
      'pixel',
      'status',
      'import',
      'status',
    ]);
    expect(entries.find(({ kind }) => kind === 'import')).toMatchObject({ importId, row: expect.any(Number) });
  });

  it('tells of a replay that counted', async () => {
    const { clickId } = await app.clickedLink();
    const words = await app.createNetwork();
    const refused = await app.postback(words, `click_id=${clickId}&event=strange_word`);
    const { postbackId } = refused.body as { postbackId: string };
    await app.api('patch', `/networks/${words.id}`).send({ mapping: { events: { strange_word: 'lead' } } });
    await app.api('post', `/postbacks/${postbackId}/replay`);
    const { conversionId } = await app.postbackEntry(postbackId);
    const { entries } = await read(conversionId as string);
    expect(kinds(entries).slice(-2)).toEqual(['replay', 'status']);
    expect(kinds(entries)).toContain('postback');
    expect(entries.at(-2)).toMatchObject({ postbackId, verdict: expect.stringMatching(/accepted|duplicate/) });
  });

  it('says that a click is not stored, and later that it was erased', async () => {
    await app.stopShipper();
    const { clickId, link } = await app.clickedLink();
    const id = await reported(`click_id=${clickId}&event=lead&secretive=yes`);
    const { clickedAt } = await app.conversion(id);
    expect((await read(id)).entries[0]).toMatchObject({
      kind: 'click',
      at: clickedAt,
      linkId: link.id,
      isStored: false,
      isBot: null,
      erasedAt: null,
    });
    await app.restartShipper();
    await app.storedClick(clickId);
    expect((await app.api('delete', `/clicks/${clickId}`)).status).toBe(204);
    const { entries } = await read(id);
    expect(entries[0]).toMatchObject({ isStored: true, erasedAt: expect.any(String), subs: {} });
    expect(entries.find(({ kind }) => kind === 'postback')).toMatchObject({
      verdict: 'accepted',
      erasedAt: expect.any(String),
      request: null,
    });
    expect(JSON.stringify(entries)).not.toContain('secretive');
  });

  it('names requests whose log entries have expired, and clicks that were deleted', async () => {
    const { clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const id = await reported(`click_id=${clickId}&event=lead`);
    const { history } = await app.conversion(id);
    const postbackId = history[0]?.postbackId as string;
    await app.connection.collection<{ _id: string }>('postbacks').deleteOne({ _id: postbackId });
    await app.connection.collection<{ _id: string }>('clicks').deleteOne({ _id: clickId });
    const { entries } = await read(id);
    expect(kinds(entries)).toEqual(['click', 'redirect', 'postback', 'status']);
    expect(entries[0]).toMatchObject({ isStored: false });
    expect(entries[1]).toMatchObject({ isStored: false, device: 'desktop' });
    expect(entries[2]).toMatchObject({ postbackId, isLogged: false, verdict: null, request: null });
  });

  it('begins with the report where there is no click', async () => {
    const link = await app.createLink();
    const response = await app
      .api('post', '/conversions')
      .send({ linkId: link.id, eventType: 'revshare', payout: { amount: '7', currency: 'EUR' } });
    expect(response.status, response.text).toBe(201);
    const { id } = response.body as { id: string };
    expect(kinds((await read(id)).entries)).toEqual(['manual', 'status']);
  });

  it('reads a bounded number of repeats, and always those of the history', async () => {
    const { clickId } = await app.clickedLink();
    const query = `click_id=${clickId}&event=lead`;
    const id = await reported(query);
    const postbacks = app.connection.collection<{ _id: string }>('postbacks');
    const first = await postbacks.findOne({ conversionId: id });
    const repeats = Array.from({ length: 501 }, (_, i) => ({
      ...first,
      _id: `pbk_zzzzzzz${String(i).padStart(13, '0')}`,
      verdict: 'duplicate',
    }));
    await postbacks.insertMany(repeats as { _id: string }[]);
    const { entries, complete } = await read(id);
    expect(complete).toBe(false);
    const ids = entries.flatMap((entry) => (entry.kind === 'postback' ? [entry.postbackId] : []));
    expect(ids).toHaveLength(501);
    expect(ids).toContain(first?._id);
  });
});
