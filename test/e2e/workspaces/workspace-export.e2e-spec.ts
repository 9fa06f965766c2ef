import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are in use, without what is waiting to be collected. */
function liveHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

interface Line {
  section: string;
  data: Record<string, unknown>;
  counts: Record<string, number>;
}

const lines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('GET /workspaces/export', () => {
  itAsksForKeyAndScope(() => app, [['get', '/workspaces/export', 'workspaces:export']]);

  it('has everything of this workspace, nothing of another, and no secret', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const foreign = await app.createLink();
    const security = { token: { param: 't', value: 'a-very-secret-token' } };
    const network = await app.createNetwork({ security }, apiKey);
    const link = await app.createLink({ networkId: network.id }, apiKey);
    const clickId = await app.clickId(link, '?sub1=Ünï"c');
    await app.storedClick(clickId, apiKey);
    const open = await app.createNetwork({}, apiKey);
    await app.goodPostback(open, `click_id=${clickId}&event=ftd&payout=50.10&currency=EUR`);

    const response = await app.api('get', '/workspaces/export', apiKey);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    const all = lines(response.text);
    const counts = all.at(-1)?.counts ?? {};
    expect(all.at(-1)?.section).toBe('end');
    expect(counts).toMatchObject({ links: 1, networks: 2, clicks: 1, conversions: 1, postbacks: 1, domains: 1 });
    for (const [section, count] of Object.entries(counts)) {
      expect(all.filter((line) => line.section === section)).toHaveLength(count);
    }
    const of = (section: string) => all.filter((line) => line.section === section).map(({ data }) => data);
    expect(of('workspace')).toMatchObject([{ _id: id, name: 'Other' }]);
    expect(of('clicks')).toMatchObject([{ _id: clickId, subs: { sub1: 'Ünï"c' } }]);
    expect(of('conversions')).toMatchObject([{ payout: { amount: '50.1', currency: 'EUR' } }]);
    expect(response.text).not.toContain(foreign.id);
    const keys = await app.connection.collection('apiKeys').find({ workspaceId: id }).toArray();
    const secrets = [apiKey, network.key, open.key, network.pixelKey, 'a-very-secret-token'];
    for (const secret of [...secrets, ...keys.map((key) => String(key['hash']))]) {
      expect(response.text).not.toContain(secret);
    }
    const { data } = (await app.api('get', '/audit-log?action=workspace.exported', apiKey)).body as { data: object[] };
    expect(data).toHaveLength(1);
  });

  it('is read as it is taken: 50,000 clicks need no more memory than a few', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const clicks = app.connection.collection<{ _id: string }>('clicks');
    for (let at = 0; at < 50_000; at += 10_000) {
      const rows = Array.from({ length: 10_000 }, (_, i) => ({
        _id: `${id}${at + i}`,
        workspaceId: id,
        linkId: 'lnk_x',
        at: new Date(),
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
        visitorKey: `${id}${at + i}`,
        isUnique: false,
        query: [],
        subs: { sub1: 'x' },
      }));
      await clicks.insertMany(rows);
    }
    const before = liveHeap();
    let peak = 0;
    let counts: Record<string, number> = {};
    let tail = '';
    const response = await fetch(`${app.baseUrl}/api/v1/workspaces/export`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const decoder = new TextDecoder();
    let pieces = 0;
    for await (const piece of response.body!) {
      tail = (tail + decoder.decode(piece as Uint8Array, { stream: true })).slice(-4_000);
      if (pieces++ % 100 === 0) peak = Math.max(peak, liveHeap());
    }
    counts = (JSON.parse(tail.trimEnd().split('\n').at(-1) ?? '{}') as Line).counts;
    expect(counts['clicks']).toBe(50_000);
    // The file has some 12 MB; as objects, clicks take several times that.
    expect((peak - before) / 1e6).toBeLessThan(20);
  });
});
