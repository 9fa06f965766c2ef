import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import type { PostbackCountsResponse, PostbackListResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { firstIdAt } from '../../../src/platform/ids/ids.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { TestApp } from '../../support/test-app.js';

const NONE = { accepted: 0, updated: 0, duplicate: 0, ignored: 0, test: 0, rejected: 0 };

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const counts = async (query: string, key = app.apiKey): Promise<PostbackCountsResponse> => {
  const response = await app.api('get', `/postbacks/counts?${query}`, key);
  expect(response.status).toBe(200);
  return response.body as PostbackCountsResponse;
};

describe('access to the counts', () => {
  itAsksForKeyAndScope(() => app, [['get', '/postbacks/counts', 'postbacks:read']]);

  it.each([
    ['verdict=accepted', 'verdict'],
    ['limit=5', 'limit'],
    ['cursor=x', 'cursor'],
    ['q=x', 'q'],
    ['from=yesterday', 'from'],
    ['origin=mail', 'origin'],
    ['networkId[$ne]=x', 'networkId[$ne]'],
  ])('is a 422 for %s', async (query, path) => {
    expectInvalid(await app.api('get', `/postbacks/counts?${query}`), path);
  });
});

describe('the counts', () => {
  let network: NetworkResponse;
  let clickId: string;
  beforeAll(async () => {
    network = await app.createNetwork();
    ({ clickId } = await app.clickedLink());
    const sent = ['event=sale&status=pending&txid=needle-1', 'event=sale&status=pending&txid=needle-1'];
    sent.push('event=sale&status=approved&txid=needle-1', 'event=dep9', 'event=dep8&note=needle-2');
    for (const query of sent) await app.postback(network, `click_id=${clickId}&${query}`);
    await app.plain('head', `/postback/${network.key}`);
    await app.postback(await app.createNetwork(), `click_id=${clickId}&event=lead`);
  });

  it('are those of the list, by verdict', async () => {
    expect(await counts(`networkId=${network.id}`)).toEqual({
      total: 6,
      verdicts: { ...NONE, accepted: 1, updated: 1, duplicate: 1, ignored: 1, rejected: 2 },
      waiting: 2,
      complete: true,
    });
    for (const verdict of Object.keys(NONE)) {
      const { body } = await app.api('get', `/postbacks?limit=100&verdict=${verdict}`);
      const { verdicts } = await counts('');
      expect(verdicts[verdict as keyof typeof NONE]).toBe((body as PostbackListResponse).data.length);
    }
  });

  it('keep the filters of the list: text, reason, click, waiting and time', async () => {
    const of = (query: string) => counts(`networkId=${network.id}&${query}`);
    expect(await of('q=NEEDLE')).toEqual({
      total: 4,
      verdicts: { ...NONE, accepted: 1, updated: 1, duplicate: 1, rejected: 1 },
      waiting: 1,
      complete: true,
    });
    expect(await of('q=needle-2&waiting=true')).toMatchObject({ total: 1, waiting: 1 });
    expect(await of('reason=unmapped_event')).toMatchObject({ total: 2, verdicts: { rejected: 2 } });
    expect(await of(`clickId=${clickId}`)).toMatchObject({ total: 5 });
    expect(await of('q=.*')).toMatchObject({ total: 0, waiting: 0 });
    const later = new Date(Date.now() + 1).toISOString();
    expect(await of(`to=${later}`)).toMatchObject({ total: 6, waiting: 2 });
    expect(await of(`from=${later}`)).toMatchObject({ total: 0, verdicts: NONE, waiting: 0 });
  });

  it('are of the own workspace', async () => {
    const other = await app.createWorkspace();
    expect(await counts(`networkId=${network.id}`, other.apiKey)).toMatchObject({ total: 0, waiting: 0 });
  });
});

describe('the counts of a large log', () => {
  it('stop at the newest 100,000, and read no entry for them', async () => {
    const { id: workspaceId, apiKey } = await app.createWorkspace();
    const postbacks = app.connection.collection('postbacks');
    const now = Date.now();
    const networkId = 'net_large';
    const entry = (i: number) => ({
      _id: `${firstIdAt('pbk', new Date(now - i * 1_000))}${String(i).padStart(13, '0')}` as never,
      workspaceId,
      networkId,
      receivedAt: new Date(now - i * 1_000),
      query: `txid=t${i}`,
      verdict: i < 100 ? 'rejected' : 'accepted',
    });
    for (let from = 0; from < 100_000; from += 10_000) {
      await postbacks.insertMany(Array.from({ length: 10_000 }, (_, i) => entry(from + i)));
    }
    const expected = { total: 100_000, verdicts: { ...NONE, accepted: 99_900, rejected: 100 }, waiting: 0 };
    expect(await counts('', apiKey)).toEqual({ ...expected, complete: true });
    await postbacks.insertOne(entry(100_000));
    expect(await counts('', apiKey)).toEqual({ ...expected, complete: false });
    expect(await counts('q=t99', apiKey)).toMatchObject({ total: 1_111, complete: false });
    const hour = new Date(now - 3_600_000 + 500).toISOString();
    for (const filter of [`from=${hour}`, `networkId=${networkId}&from=${hour}`]) {
      expect(await counts(filter, apiKey)).toMatchObject({ total: 3_600, verdicts: { rejected: 100 } });
    }
    const used = await Promise.all(
      [{}, { networkId }].map(async (of) => {
        const match = { workspaceId, ...of, receivedAt: { $gte: new Date(0) }, _id: { $gte: 'pbk_' as never } };
        const stages = [{ $match: match }, { $sort: { _id: -1 } }, { $group: { _id: '$verdict', n: { $sum: 1 } } }];
        return postbacks.aggregate(stages).explain('executionStats') as Promise<object>;
      }),
    );
    for (const plan of used) {
      const text = JSON.stringify(plan);
      expect(text).toContain('"totalKeysExamined":100001');
      expect(text).toContain('"totalDocsExamined":0');
    }
  }, 60_000);
});
