import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConversionsRepository } from '../../../src/conversions/conversions.repository.js';
import { ConvertedPrefetches } from '../../../src/clicks/converted-prefetches.service.js';
import { VariantClicksRepository } from '../../../src/counters/variant-clicks.repository.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;
let second: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
  network = await app.createNetwork();
});
afterAll(async () => {
  await second.close();
  await app.close();
});

interface Request {
  userAgent?: string;
  headers?: Record<string, string>;
  query?: string;
}

/** Clicks as it is described, and gives back the click id that the destination got. */
async function clickAs(
  link: LinkResponse,
  { userAgent = BROWSER, headers = {}, query = '' }: Request,
): Promise<string> {
  const response = await app.click(link, query).set('user-agent', userAgent).set(headers);
  expect(response.status).toBe(302);
  return new URL(response.headers['location'] ?? '').searchParams.get('click_id') ?? '';
}

const prefetch = (link: LinkResponse, request: Request = {}): Promise<string> =>
  clickAs(link, { headers: { 'sec-purpose': 'prefetch;prerender' }, ...request });
const clicksOf = async (link: LinkResponse) => (await app.link(link.id)).stats.clicks;
const becomesHuman = async (clickId: string) =>
  eventually(
    () => app.storedClick(clickId),
    ({ isBot }) => !isBot,
  );

/** The link's human clicks by variant. */
async function variantsOf(link: LinkResponse): Promise<Record<string, number>> {
  const workspaceId = trustedWorkspaceId((await app.api('get', '/workspaces/current')).body.id as string);
  return Object.fromEntries(await app.app.get(VariantClicksRepository).clicksByVariant(workspaceId, link.id, 0));
}

const rotating = (): Promise<LinkResponse> =>
  app.createLink({ variants: [{ name: 'Only', url: 'https://shop.example/?click_id={click_id}' }] });

describe('K12 people and programs by what they say of themselves', () => {
  it.each([
    ['[FBAN/FBIOS;FBDV/iPhone15,3;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBID/phone]', 'iOS', 'Facebook'],
    ['[FBAN/FB4A;FBAV/468.0;FBMF/samsung;FBDV/SM-S911B;FBSV/14;FBCR/A|B;]', 'Android', 'Facebook'],
    ['Dalvik/2.1.0 (Linux; U; Android 12; SM-A125F) [FBAN/FB4A;FBAV/403.0;FBDV/SM-A125F;]', 'Android', 'Facebook'],
    ['Instagram 300.0.0.14.109 (iPhone15,3; iOS 17_0; en_US; scale=3.00)', 'iOS', 'Instagram'],
    ['com.zhiliaoapp.musically/2022309010 (Linux; U; Android 12; en_US; SM-G998U)', 'Android', 'TikTok'],
    ['Snapchat/12.94.0.42 (iPhone15,3; iOS 17.5.1; gzip)', 'iOS', 'Snapchat'],
  ])('K12 %s is a person with a system and an app', async (userAgent, os, inApp) => {
    const link = await app.createLink();
    expect(await app.storedClick(await clickAs(link, { userAgent }))).toMatchObject({
      isBot: false,
      botReason: null,
      isUnique: true,
      device: 'mobile',
      os,
      browser: `${os} WebView`,
      inApp,
    });
  });

  it.each([
    'Viber/20.9.0.8 CFNetwork/1410.0.3 Darwin/22.6.0',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.12026; Pro)',
    'Mozilla/4.0 (compatible; ms-office; MSOffice 16)',
    'Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)',
  ])('K12 %s is a program', async (userAgent) => {
    const link = await app.createLink();
    const click = await app.storedClick(await clickAs(link, { userAgent }));
    expect(click).toMatchObject({ isBot: true, botReason: 'user_agent', isUnique: false, inApp: null });
    expect(
      await eventually(
        () => clicksOf(link),
        ({ total }) => total === 1,
      ),
    ).toEqual({
      total: 1,
      human: 0,
      bots: 1,
      unique: 0,
    });
  });
});

describe('K12 a prefetch whose click converts', () => {
  it.each<Record<string, string>>([
    { 'sec-purpose': 'prefetch' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-purpose': 'preview' },
    { 'x-moz': 'prefetch' },
  ])('was a person: the click is one, and the counters move (%o)', async (headers) => {
    const link = await rotating();
    const clickId = await prefetch(link, { headers, query: '?source=fb' });
    expect(await app.storedClick(clickId)).toMatchObject({ isBot: true, botReason: 'prefetch', humanSince: null });
    expect(
      await eventually(
        () => clicksOf(link),
        ({ bots }) => bots === 1,
      ),
    ).toMatchObject({ human: 0, unique: 0 });
    const { conversionId = '' } = await app.goodPostback(network, `click_id=${clickId}&event=registration`);
    const click = await becomesHuman(clickId);
    expect(click).toMatchObject({ botReason: null, isUnique: true, humanSince: expect.stringMatching(/Z$/) });
    expect(await clicksOf(link)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
    expect(await variantsOf(link)).toEqual({ Only: 1 });
    const conversion = await eventually(
      () => app.conversion(conversionId),
      ({ device }) => device !== null,
    );
    expect(conversion).toMatchObject({ device: 'desktop', clickId });
  });

  it('was a person, also when the click is stored only after the conversion', async () => {
    const link = await rotating();
    await app.stopShipper();
    const clickId = await prefetch(link);
    await app.goodPostback(network, `click_id=${clickId}&event=ftd&payout=50&txid=K12-late`);
    expect((await app.api('get', `/clicks/${clickId}`)).status).toBe(404);
    await app.restartShipper();
    await becomesHuman(clickId);
    expect(
      await eventually(
        () => clicksOf(link),
        ({ human }) => human === 1,
      ),
    ).toEqual({
      total: 1,
      human: 1,
      bots: 0,
      unique: 1,
    });
    expect(await variantsOf(link)).toEqual({ Only: 1 });
  });

  it('is counted once, however many conversions and processes report it', async () => {
    const link = await rotating();
    const clickId = await prefetch(link);
    await app.storedClick(clickId);
    const queries = Array.from(
      { length: 12 },
      (_, i) => `click_id=${clickId}&event=deposit&payout=5&txid=K12-m${i % 6}`,
    );
    const answers = await Promise.all(queries.map((query, i) => (i % 2 === 0 ? app : second).postback(network, query)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await becomesHuman(clickId);
    const workspaceId = trustedWorkspaceId((await app.api('get', '/workspaces/current')).body.id as string);
    const services = [app, second].map(({ app: nest }) => nest.get(ConvertedPrefetches));
    await Promise.all([...services, ...services].map((service) => service.markHuman(workspaceId, [clickId])));
    expect(await clicksOf(link)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
    expect(await variantsOf(link)).toEqual({ Only: 1 });
  });

  it('moves once when several processes are at it at the same moment', async () => {
    const link = await rotating();
    const clickIds = await Promise.all(Array.from({ length: 6 }, () => prefetch(link)));
    for (const clickId of clickIds) await app.storedClick(clickId);
    await eventually(
      () => clicksOf(link),
      ({ bots }) => bots === 6,
    );
    const workspaceId = trustedWorkspaceId((await app.api('get', '/workspaces/current')).body.id as string);
    const services = [app, second, app, second].map(({ app: nest }) => nest.get(ConvertedPrefetches));
    await Promise.all(services.map((service) => service.markHuman(workspaceId, clickIds)));
    expect(await clicksOf(link)).toEqual({ total: 6, human: 6, bots: 0, unique: 1 });
    expect(await variantsOf(link)).toEqual({ Only: 6 });
    const filter = { linkId: link.id, isUnique: true };
    expect(await app.connection.collection('clicks').countDocuments(filter)).toBe(1);
  });

  it('is no new visitor where the same person has clicked before', async () => {
    const link = await app.createLink();
    await app.storedClick(await app.clickId(link));
    const clickId = await prefetch(link);
    await app.storedClick(clickId);
    await app.goodPostback(network, `click_id=${clickId}&event=registration`);
    expect(await becomesHuman(clickId)).toMatchObject({ isUnique: false });
    expect(await clicksOf(link)).toEqual({ total: 2, human: 2, bots: 0, unique: 1 });
  });

  it('leaves what was known of a visitor who clicks later', async () => {
    const link = await app.createLink();
    const clickId = await prefetch(link);
    await app.storedClick(clickId);
    await app.goodPostback(network, `click_id=${clickId}&event=registration`);
    await becomesHuman(clickId);
    expect(await app.storedClick(await app.clickId(link))).toMatchObject({ isUnique: false, isBot: false });
    expect(
      await eventually(
        () => clicksOf(link),
        ({ total }) => total === 2,
      ),
    ).toEqual({
      total: 2,
      human: 2,
      bots: 0,
      unique: 1,
    });
  });

  it('works when a process ends between the click and its conversion', async () => {
    const link = await app.createLink();
    const clickId = await prefetch(link);
    await app.storedClick(clickId);
    const restore = [app, second].map(({ app: nest }) => {
      const conversions = nest.get(ConversionsRepository);
      const updateOne = conversions.updateOne.bind(conversions);
      conversions.updateOne = () => Promise.reject(new Error('killed here'));
      return () => (conversions.updateOne = updateOne);
    });
    const { conversionId = '' } = await app.goodPostback(network, `click_id=${clickId}&event=registration`);
    const stored = () =>
      app.connection.collection<{ _id: string; factsDue?: Date }>('conversions').findOne({ _id: conversionId });
    await becomesHuman(clickId);
    expect(await stored()).toMatchObject({ factsDue: expect.any(Date) });
    for (const undo of restore) undo();
    const complete = await eventually(stored, (conversion) => conversion?.factsDue === undefined);
    expect(complete).toMatchObject({ facts: { device: 'desktop' } });
    expect(await clicksOf(link)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
  });

  it.each([
    ['a manual conversion', (clickId: string) => app.api('post', '/conversions').send({ clickId, eventType: 'lead' })],
    [
      'an import',
      (clickId: string) =>
        app
          .api('post', '/conversions/import')
          .set('content-type', 'text/csv')
          .send(`click_id,event,network\n${clickId},lead,\n`),
    ],
  ])('was a person, as %s says', async (_, convert) => {
    const link = await app.createLink({ networkId: network.id });
    const clickId = await prefetch(link);
    await app.storedClick(clickId);
    const { status } = await convert(clickId);
    expect(status).toBeLessThan(300);
    await becomesHuman(clickId);
    expect(await clicksOf(link)).toMatchObject({ human: 1, bots: 0 });
  });

  it('stays a program’s where the user agent is one’s, or the request was HEAD', async () => {
    const link = await app.createLink();
    const bot = await prefetch(link, { userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
    const head = await app.plain('head', `/${link.slug}`).set('host', link.domain).set('user-agent', BROWSER);
    const headId = new URL(head.headers['location'] ?? '').searchParams.get('click_id') ?? '';
    for (const [clickId, botReason] of [
      [bot, 'user_agent'],
      [headId, 'head'],
    ] as const) {
      expect(await app.storedClick(clickId)).toMatchObject({ botReason });
      const { conversionId = '' } = await app.goodPostback(network, `click_id=${clickId}&event=registration`);
      await eventually(
        () => app.conversion(conversionId),
        ({ device }) => device !== null,
      );
      expect(await app.storedClick(clickId)).toMatchObject({ isBot: true, botReason, humanSince: null });
    }
    expect(await clicksOf(link)).toMatchObject({ total: 2, human: 0, bots: 2 });
  });

  it('that nothing converts stays one', async () => {
    const link = await app.createLink();
    const clickId = await prefetch(link);
    await app.goodPostback(network, `click_id=${await app.clickId(link)}&event=registration`);
    await eventually(
      () => clicksOf(link),
      ({ total }) => total === 2,
    );
    expect(await app.storedClick(clickId)).toMatchObject({ isBot: true, botReason: 'prefetch' });
    expect(await clicksOf(link)).toEqual({ total: 2, human: 1, bots: 1, unique: 1 });
  });
});
