import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClickIdService } from '../../src/clicks/click-id.service.js';
import { ClickRecorder } from '../../src/clicks/click-recorder.service.js';
import { ClickStore } from '../../src/clicks/click-store.service.js';
import { DeviceReader } from '../../src/clicks/enrichment/device.js';
import { enrichClick } from '../../src/clicks/enrichment/enrich.js';
import { VisitorKeys } from '../../src/clicks/enrichment/visitor.js';
import type { SpooledClick } from '../../src/clicks/spooled-click.js';
import type { LinkResponse } from '../../src/links/links.dto.js';
import { eventually } from '../support/eventually.js';
import { BROWSER, TestApp } from '../support/test-app.js';

let app: TestApp;
let workspaceId: string;
beforeAll(async () => {
  app = await TestApp.start();
  const workspace = await app.connection.collection<{ _id: string }>('workspaces').findOne({});
  workspaceId = workspace?._id ?? '';
});
afterAll(() => app.close());

function click(link: LinkResponse, change: Partial<SpooledClick> = {}): SpooledClick {
  return {
    id: app.app.get(ClickIdService).mint(1, Date.now()),
    workspaceId,
    linkId: link.id,
    at: Date.now(),
    ip: '203.0.113.9',
    userAgent: BROWSER,
    language: '',
    referrer: '',
    query: [],
    kind: 'visit',
    ...change,
  };
}

const tools = { visitors: new VisitorKeys(Buffer.alloc(32)), geo: { lookup: () => ({}) }, devices: new DeviceReader() };
const store = (clicks: SpooledClick[]): Promise<number> =>
  app.app.get(ClickStore).store(clicks.map((one) => enrichClick(one, tools)));

describe('storing clicks', () => {
  it('counts each once, however often a batch is replayed, and in parallel', async () => {
    const link = await app.createLink();
    const clicks = Array.from({ length: 50 }, () => click(link));
    const [head = click(link)] = clicks;
    await Promise.all([store(clicks), store(clicks.slice(10)), store([...clicks, ...clicks])]);
    expect(await store([head])).toBe(0);
    expect((await app.link(link.id)).stats.clicks).toEqual({ total: 50, human: 50, bots: 0, unique: 1 });
  });

  it('counts a person once a day, a bot never', async () => {
    const link = await app.createLink();
    const yesterday = Date.now() - 24 * 3_600_000;
    await store([
      click(link),
      click(link),
      click(link, { ip: '203.0.113.10' }),
      click(link, { at: yesterday }),
      click(link, { userAgent: '' }),
    ]);
    await store([click(link)]);
    expect((await app.link(link.id)).stats.clicks).toEqual({ total: 6, human: 5, bots: 1, unique: 3 });
  });

  it('keeps a record aside that can never be stored, and goes on behind it', async () => {
    const link = await app.createLink();
    const recorder = app.app.get(ClickRecorder);
    const good = click(link);
    const bad = [
      click(link, { at: 'soon' as never }),
      click(link, { userAgent: { $gt: '' } as never }),
      'no click at all' as never,
    ];
    await Promise.all([...bad, good].map((one) => recorder.record(one)));
    await eventually(
      () => app.link(link.id),
      ({ stats }) => stats.clicks.total === 1,
    );
    expect((await app.plain('get', '/metrics')).text).toContain('hopback_spool_quarantined_total 3');
  });
});
