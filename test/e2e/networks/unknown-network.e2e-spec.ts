import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostbackAnswer } from '../../../src/postbacks/receive/receive-postback.dto.js';
import type { PostbackResponse } from '../../../src/postbacks/log/postback-log.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

/** The network that docs/postbacks.md maps. */
const mapped = (): Record<string, unknown> => {
  const page = readFileSync(new URL('../../../docs/postbacks.md', import.meta.url), 'utf8');
  const [, json = ''] = /-d '(\{\s+"name": "New Network"[\s\S]*?\n\})'/.exec(page) ?? [];
  return JSON.parse(json) as Record<string, unknown>;
};

describe('a network that no preset knows', () => {
  it('is mapped as the documentation describes, and its requests count', async () => {
    const network = await app.createNetwork(mapped());
    const { link, clickId } = await app.clickedLink();
    const sent: [string, string][] = [
      [`ref=${clickId}&was=Anmeldung&spieler=7`, 'accepted'],
      [`ref=${clickId}&was=ersteinzahlung&geld=50,00&beleg=1&state=offen`, 'accepted'],
      [`ref=${clickId}&was=ersteinzahlung&geld=50,00&beleg=1&state=ok`, 'updated'],
      [`ref=${clickId}&was=einzahlung&geld=1.234,56`, 'accepted'],
      [`ref=${clickId}&was=einzahlung&geld=1.234,56`, 'accepted'], // repeats count without a txid
      [`ref=${clickId}&was=einzahlung&geld=5&beleg=2`, 'accepted'],
      [`ref=${clickId}&was=storno&beleg=2`, 'updated'],
      [`ref=${clickId}&was=einzahlung&state=ping`, 'ignored'],
    ];
    for (const [query, verdict] of sent)
      expect([query, (await app.goodPostback(network, query)).verdict]).toEqual([query, verdict]);
    expect((await app.link(link.id)).stats).toMatchObject({ registrations: 1, ftds: 1, deposits: 2, rejected: 1 });
  });

  it('is mapped step by step by what its log says, and what had been refused counts', async () => {
    const network = await app.createNetwork({ name: 'Unheard of', currency: 'EUR' });
    const { clickId } = await app.clickedLink();
    const query = `kennung=${clickId}&event=Erstkauf&betrag=9,90&txid=K-1`;
    const refused = await app.postback(network, query);
    expect([refused.status, refused.body]).toMatchObject([422, { reason: 'missing_click_id' }]);
    const { postbackId } = refused.body as PostbackAnswer;

    const read = async (): Promise<PostbackResponse & { suggestion: { mapping: object } | null }> =>
      (await app.api('get', `/postbacks/${postbackId}`)).body;
    const { suggestion } = await read();
    expect(suggestion?.mapping).toMatchObject({ params: { click_id: ['kennung'] } });
    await app.api('patch', `/networks/${network.id}`).send({ mapping: suggestion?.mapping });
    expect((await eventually(read, ({ reason }) => reason !== 'missing_click_id')).hint).toMatch(
      /"Erstkauf" is not mapped/,
    );

    const mapping = { params: { click_id: ['kennung'], payout: ['betrag'] }, events: { erstkauf: 'sale' } };
    await app.api('patch', `/networks/${network.id}`).send({ mapping });
    const { conversionId } = await eventually(read, ({ verdict }) => verdict === 'accepted');
    expect(await app.conversion(conversionId ?? '')).toMatchObject({
      eventType: 'sale',
      payout: { amount: '9.90', currency: 'EUR' },
    });
    expect((await app.goodPostback(network, query)).verdict).toBe('duplicate');
  });
});
