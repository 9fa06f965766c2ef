import type { NetworkResponse } from '../../src/networks/networks.dto.js';
import type { PostbackAnswer } from '../../src/postbacks/receive/receive-postback.dto.js';
import type { TestApp } from './test-app.js';

/** A network whose mapping reads `clickid`, although the click id comes in `tid`. */
export async function misreadNetwork(app: TestApp, name: string): Promise<NetworkResponse> {
  return app.createNetwork({
    name,
    mapping: {
      params: {
        click_id: ['clickid'],
        event: ['goal'],
        payout: ['sum'],
        currency: ['cur'],
        txid: ['oid'],
        status: ['st'],
      },
      events: { dep1: 'ftd', reg: 'registration' },
      statuses: { hold: 'pending', ok: 'approved' },
    },
  });
}

/** Postbacks of such a network, one for each query, each of a new click. @returns their ids in the order of the queries. */
export async function misreadPostbacks(app: TestApp, network: NetworkResponse, queries: string[]): Promise<string[]> {
  const { link } = await app.clickedLink({ title: 'summer-push' });
  const ids: string[] = [];
  for (const query of queries) {
    const { body } = await app.postback(network, `clickid={clickid}&tid=${await app.clickId(link)}&${query}`);
    ids.push((body as PostbackAnswer).postbackId);
  }
  return ids;
}
