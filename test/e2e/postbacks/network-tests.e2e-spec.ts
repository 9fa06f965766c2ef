import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PresetCatalogue } from '../../../src/networks/catalogue/preset-catalogue.service.js';
import type { TestNetworkResponse } from '../../../src/postbacks/debugger/network-debugger.dto.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await app.createLink();
});
afterAll(() => app.close());

const test = async (id: string, wishes: object = {}): Promise<TestNetworkResponse> =>
  (await app.api('post', `/networks/${id}/test`).send(wishes)).body as TestNetworkResponse;
const failed = ({ steps }: TestNetworkResponse): string[] =>
  steps.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);

describe('a test of a network', () => {
  it('passes for every preset, with each of its postback URLs', async () => {
    const problems: string[] = [];
    const { rows } = app.app.get(PresetCatalogue).search('', { limit: 100, cursor: undefined });
    expect(rows.length).toBeGreaterThan(25);
    for (const { id } of rows) {
      const network = await app.createNetwork({ preset: id });
      for (const { event } of network.postbackUrls) {
        const outcome = await test(network.id, event === null ? {} : { event });
        const about = `${id} ${event}`;
        if (!outcome.ok || outcome.verdict !== 'test') problems.push(`${about}: ${failed(outcome).join(' | ')}`);
        else if (event !== null && outcome.wouldBe?.eventType !== event) {
          problems.push(`${about}: would be ${outcome.wouldBe?.eventType}`);
        }
      }
    }
    expect(problems).toEqual([]);
  });

  it('brings the token and the signature that the network must bring', async () => {
    const security = {
      token: { param: 'pass', value: 'a-good-token' },
      hmac: { secret: 'a-secret-of-twenty-characters' },
    };
    const network = await app.createNetwork({ security });
    const outcome = await test(network.id);
    expect(failed(outcome)).toEqual([]);
    expect(outcome).toMatchObject({ ok: true, verdict: 'test' });
    expect(JSON.stringify(outcome)).not.toMatch(/a-good-token|a-secret-of-twenty/);
  });

  it('fails where this machine may not post', async () => {
    const network = await app.createNetwork({ security: { ips: ['203.0.113.0/24'] } });
    const outcome = await test(network.id);
    expect(outcome).toMatchObject({ ok: false, verdict: 'rejected', reason: 'not_allowed' });
  });
});
