import { Agent, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClickCountsResponse } from '../../../src/counters/link-stats.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectProblem } from '../../support/api/expect-problem.js';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';

let app: TestApp;
let second: TestApp;
let proxied: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
  proxied = await TestApp.start({ sharing: app, env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
});
afterAll(async () => {
  await proxied.close();
  await second.close();
  await app.close();
});

const clicksOf = async (linkId: string, total: number): Promise<ClickCountsResponse> => {
  const { stats } = await eventually(
    () => app.link(linkId),
    (link) => link.stats.clicks.total >= total,
  );
  return stats.clicks;
};
const idIn = (location: string | undefined): string => new URL(location ?? '').searchParams.get('click_id') ?? '';

describe('access to clicks', () => {
  itAsksForKeyAndScope(() => app, [['get', '/clicks/nobody', 'clicks:read']]);

  it.each(['nobody', '0'.repeat(31), 'lnk_00000000000000000000', '%7B%22%24ne%22%3Anull%7D'])(
    'is a 404 for %s',
    async (id) => {
      expectProblem(await app.api('get', `/clicks/${id}`), 404);
    },
  );

  it('is a 404 for another workspace’s click', async () => {
    const other = await app.createWorkspace();
    const id = await app.clickId(await app.createLink({}, other.apiKey));
    await app.storedClick(id, other.apiKey);
    expectProblem(await app.api('get', `/clicks/${id}`), 404);
  });
});

describe('a click', () => {
  it('is kept with all that it brought along', async () => {
    const link = await app.createLink();
    const before = Date.now();
    const response = await app
      .click(link, '?sub1=fb&sub10=j&sub11=k&utm_source=news%20letter&x=1&x=2&empty=&flag')
      .set('referer', 'https://blog.example/')
      .set('accept-language', 'fr-CA,fr;q=0.8');
    const id = idIn(response.headers['location']);
    const click = await app.storedClick(id);
    expect(click).toEqual({
      id,
      linkId: link.id,
      at: expect.any(String),
      userAgent: BROWSER,
      language: 'fr',
      referrer: 'https://blog.example/',
      referrerHost: 'blog.example',
      country: null, // of 127.0.0.1
      region: null,
      city: null,
      asn: null,
      device: 'desktop',
      os: 'Linux',
      browser: 'Chrome',
      inApp: null,
      rule: null,
      variant: null,
      cost: null,
      costGiven: null,
      query: [
        { name: 'sub1', value: 'fb' },
        { name: 'sub10', value: 'j' },
        { name: 'sub11', value: 'k' },
        { name: 'utm_source', value: 'news letter' },
        { name: 'x', value: '1' },
        { name: 'x', value: '2' },
        { name: 'empty', value: '' },
        { name: 'flag', value: '' },
      ],
      subs: { sub1: 'fb', sub10: 'j' },
      isBot: false,
      botReason: null,
      visitorRuleId: null,
      humanSince: null,
      isUnique: true,
      isTest: false,
      ip: '127.0.0.1',
      isPrivate: false,
      erasedAt: null,
    });
    const at = Date.parse(click.at);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('has nulls for what did not come along', async () => {
    const id = await app.clickId(await app.createLink());
    expect(await app.storedClick(id)).toMatchObject({
      language: null,
      referrer: null,
      referrerHost: null,
      query: [],
      subs: {},
    });
  });

  it.each([
    ['$where', '1'],
    ['a.b', 'dots'],
    ['__proto__', 'x'],
    ['é', '夏'],
    ['nul', 'a\u0000b'],
  ])('keeps the parameter %s as it is', async (name, value) => {
    const query = `?${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    const id = await app.clickId(await app.createLink(), query);
    expect((await app.storedClick(id)).query).toEqual([{ name, value }]);
  });

  it('keeps at most 32 parameters and 2 KiB', async () => {
    const link = await app.createLink();
    const many = await app.clickId(link, `?${Array.from({ length: 40 }, (_, i) => `p${i}=1`).join('&')}`);
    expect((await app.storedClick(many)).query).toHaveLength(32);
    const long = await app.clickId(link, `?a=1&b=${'x'.repeat(3_000)}`);
    expect((await app.storedClick(long)).query).toEqual([{ name: 'a', value: '1' }]);
  });

  it('says where its visitor is and what with, when a trusted proxy names the address', async () => {
    const response = await proxied
      .click(await proxied.createLink())
      .set('x-forwarded-for', '81.2.69.142')
      .set(
        'user-agent',
        `${PHONE.replace(/ Version.*/, '')} Mobile/15E148 Instagram 335.1.8.26.85 (iPhone15,3; iOS 18_6)`,
      )
      .set('referer', 'https://www.l.instagram.com/?u=x');
    const click = await proxied.storedClick(idIn(response.headers['location']));
    expect(click).toMatchObject({
      country: 'GB',
      region: 'England',
      city: 'London',
      asn: 20712,
      device: 'mobile',
      os: 'iOS',
      browser: 'iOS WebView',
      inApp: 'Instagram',
      referrerHost: 'l.instagram.com',
      isBot: false,
    });
    expect(click.ip).toBe('81.2.69.142');
  });

  it('stays readable when its link is deleted', async () => {
    const link = await app.createLink();
    const id = await app.clickId(link);
    await app.api('delete', `/links/${link.id}`);
    expect((await app.storedClick(id)).linkId).toBe(link.id);
  });
});

describe('who clicks', () => {
  it.each([
    ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
    ['Facebook’s preview', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
    ['WhatsApp’s preview', 'WhatsApp/2.23.20.0'],
    ['Telegram’s preview', 'TelegramBot (like TwitterBot)'],
    ['Slack’s preview', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
    ['curl', 'curl/8.5.0'],
  ])('is a bot, redirected and not counted as human: %s', async (_, userAgent) => {
    const link = await app.createLink();
    const response = await app.click(link).set('user-agent', userAgent);
    expect(response.status).toBe(302);
    const click = await app.storedClick(idIn(response.headers['location']));
    expect(click).toMatchObject({ isBot: true, botReason: 'user_agent', isUnique: false });
    expect(await clicksOf(link.id, 1)).toEqual({ total: 1, human: 0, bots: 1, unique: 0 });
  });

  it('is a bot when it has no user agent', async () => {
    const link = await app.createLink();
    const response = await app.plain('get', `/${link.slug}`).set('user-agent', '');
    const click = await app.storedClick(idIn(response.headers['location']));
    expect(click).toMatchObject({ isBot: true, botReason: 'no_user_agent' });
  });

  it.each([
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
    ['x-moz', 'prefetch'],
    ['x-purpose', 'preview'],
  ])('does not count as a visitor when a browser prefetches: %s: %s', async (header, value) => {
    const link = await app.createLink();
    const response = await app.click(link).set(header, value);
    expect(response.status).toBe(302);
    const click = await app.storedClick(idIn(response.headers['location']));
    expect(click).toMatchObject({ isBot: true, botReason: 'prefetch', isUnique: false });
    expect(await clicksOf(link.id, 1)).toEqual({ total: 1, human: 0, bots: 1, unique: 0 });
  });

  it('does not count as a visitor for a HEAD request', async () => {
    const link = await app.createLink();
    const response = await app.plain('head', `/${link.slug}`).set('user-agent', BROWSER);
    const click = await app.storedClick(idIn(response.headers['location']));
    expect(click).toMatchObject({ isBot: true, botReason: 'head' });
    expect(await clicksOf(link.id, 1)).toEqual({ total: 1, human: 0, bots: 1, unique: 0 });
  });

  it('is counted once a day as a person, for each link', async () => {
    const link = await app.createLink();
    const another = await app.createLink();
    await app.click(link).set('user-agent', 'Googlebot/2.1');
    for (const userAgent of [BROWSER, BROWSER, PHONE, BROWSER, PHONE]) {
      await app.click(link).set('user-agent', userAgent);
    }
    await app.click(another);
    expect(await clicksOf(link.id, 6)).toEqual({ total: 6, human: 5, bots: 1, unique: 2 });
    expect(await clicksOf(another.id, 1)).toEqual({ total: 1, human: 1, bots: 0, unique: 1 });
  });

  it('is one person even when instances store the clicks at the same time', async () => {
    const link = await app.createLink();
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? app : second).click(link)));
    expect(await clicksOf(link.id, 40)).toEqual({ total: 40, human: 40, bots: 0, unique: 1 });
  });
});

describe('many clicks at once', () => {
  it('all get ids of their own, and each is counted exactly once', async () => {
    const link = await app.createLink();
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    const clickOnce = (): Promise<string> =>
      new Promise((resolve, reject) => {
        get(`${app.baseUrl}/${link.slug}`, { agent, headers: { 'user-agent': BROWSER } }, (response) => {
          response.resume();
          response.on('end', () => resolve(idIn(response.headers.location)));
        }).on('error', reject);
      });
    try {
      const ids = await Promise.all(Array.from({ length: 1_000 }, clickOnce));
      expect(new Set(ids).size).toBe(1_000);
      await clicksOf(link.id, 1_000);
      // The spool is read in order: once this one is stored, all before it have been.
      await app.storedClick(await clickOnce());
      expect(await clicksOf(link.id, 1_001)).toEqual({ total: 1_001, human: 1_001, bots: 0, unique: 1 });
      const stored = await app.connection.collection('clicks').find({ linkId: link.id }).toArray();
      const storedIds = new Set(stored.map(({ _id }) => String(_id)));
      expect(storedIds.size).toBe(1_001);
      expect(ids.every((id) => storedIds.has(id))).toBe(true);
    } finally {
      agent.destroy();
    }
  });
});
