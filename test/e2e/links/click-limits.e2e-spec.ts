import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  second = await TestApp.start({ sharing: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

const statusesOf = async (requests: Test[]): Promise<number[]> =>
  (await Promise.all(requests)).map(({ status }) => status);
const times = (count: number, make: (index: number) => Test): Test[] =>
  Array.from({ length: count }, (_, i) => make(i));
const clickOnce = async (link: LinkResponse, on = app): Promise<number> => (await on.click(link)).status;

describe('clickLimit', () => {
  it('is given with a link, shown, changed and taken away', async () => {
    const link = await app.createLink({ clickLimit: 3 });
    expect(link.clickLimit).toBe(3);
    expect((await app.link(link.id)).clickLimit).toBe(3);
    const changed = await app.api('patch', `/links/${link.id}`).send({ clickLimit: 1_000_000_000 });
    expect([changed.status, (changed.body as LinkResponse).clickLimit]).toEqual([200, 1_000_000_000]);
    await app.api('patch', `/links/${link.id}`).send({ title: 'other' });
    expect((await app.link(link.id)).clickLimit).toBe(1_000_000_000);
    await app.api('patch', `/links/${link.id}`).send({ clickLimit: null });
    expect((await app.link(link.id)).clickLimit).toBeNull();
    expect((await app.createLink()).clickLimit).toBeNull();
    expect((await app.createLink({ clickLimit: null })).clickLimit).toBeNull();
  });

  it.each([0, -1, 1.5, 'x', '5', true, [], {}, 1_000_000_001])('cannot be %j', async (clickLimit) => {
    const link = await app.createLink();
    expectInvalid(await app.api('post', '/links').send({ url: 'https://s.example/', clickLimit }), 'clickLimit');
    expectInvalid(await app.api('patch', `/links/${link.id}`).send({ clickLimit }), 'clickLimit');
    expect((await app.link(link.id)).clickLimit).toBeNull();
  });
});

describe('a link with a limit', () => {
  it('leads on as many people as it says and then no more', async () => {
    const link = await app.createLink({ clickLimit: 2 });
    expect([await clickOnce(link), await clickOnce(link), await clickOnce(link)]).toEqual([302, 302, 410]);
    const { status, headers, text } = await app.click(link);
    expect(status).toBe(410);
    expect(headers['location']).toBeUndefined();
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(text).toContain('This link is used up');
  });

  it('leads on exactly as many when all come at once, through two instances', async () => {
    const link = await app.createLink({ clickLimit: 25 });
    const statuses = await statusesOf(times(200, (i) => (i % 2 === 0 ? app : second).click(link)));
    expect(statuses.filter((status) => status === 302)).toHaveLength(25);
    expect(statuses.filter((status) => status === 410)).toHaveLength(175);
    const { stats } = await eventually(
      () => app.link(link.id),
      (now) => now.stats.clicks.total >= 25,
    );
    expect(stats.clicks.total).toBe(25); // who was not led on is no click
  });

  it('leads one on when a hundred come at once for one', async () => {
    const link = await app.createLink({ clickLimit: 1 });
    const statuses = await statusesOf(times(100, (i) => (i % 2 === 0 ? app : second).click(link)));
    expect(statuses.filter((status) => status === 302)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([302, 410]));
  });

  it('leads bots, HEAD and prefetches on, which use none up, until people have used all up', async () => {
    const link = await app.createLink({ clickLimit: 1 });
    const noPeople: [string, () => Test][] = [
      ['a bot', () => app.click(link).set('user-agent', 'Googlebot/2.1 (+http://www.google.com/bot.html)')],
      ['no user agent', () => app.plain('get', `/${link.slug}`).set('host', link.domain).unset('user-agent')],
      ['HEAD', () => app.plain('head', `/${link.slug}`).set('host', link.domain).set('user-agent', BROWSER)],
      ['a prefetch', () => app.click(link).set('sec-purpose', 'prefetch;prerender')],
      ['an old prefetch', () => app.click(link).set('x-moz', 'prefetch')],
      ['a preview', () => app.click(link).set('purpose', 'preview')],
    ];
    for (const [who, ask] of noPeople) {
      expect([who, ...(await statusesOf(times(3, ask)))]).toEqual([who, 302, 302, 302]);
    }
    expect(await clickOnce(link)).toBe(302);
    expect(await clickOnce(link)).toBe(410);
    for (const [who, ask] of noPeople) expect([who, (await ask()).status]).toEqual([who, 410]);
  });

  it('counts for itself alone', async () => {
    const [link, other] = [await app.createLink({ clickLimit: 1 }), await app.createLink({ clickLimit: 1 })];
    expect([await clickOnce(link), await clickOnce(link), await clickOnce(other)]).toEqual([302, 410, 302]);
  });

  it('leads on more when the limit is raised, also on the other instance', async () => {
    const link = await app.createLink({ clickLimit: 2 });
    expect(await statusesOf(times(2, () => second.click(link)))).toEqual([302, 302]);
    expect([await clickOnce(link), await clickOnce(link, second)]).toEqual([410, 410]);
    await app.api('patch', `/links/${link.id}`).send({ clickLimit: 5 });
    const clickUntil = (status: number, on: TestApp) =>
      eventually(
        () => clickOnce(link, on),
        (seen) => seen === status,
        5_000,
      );
    await clickUntil(302, second);
    expect(await clickOnce(link)).toBe(302);
    expect(await clickOnce(link)).toBe(302);
    expect([await clickOnce(link), await clickOnce(link, second)]).toEqual([410, 410]);
  });

  it('redirects no visitor when the limit is lowered below what was used', async () => {
    const link = await app.createLink({ clickLimit: 5 });
    expect(await statusesOf(times(3, () => app.click(link)))).toEqual([302, 302, 302]);
    await app.api('patch', `/links/${link.id}`).send({ clickLimit: 2 });
    expect(await clickOnce(link)).toBe(410);
    await app.api('patch', `/links/${link.id}`).send({ clickLimit: null });
    expect(await statusesOf(times(10, () => app.click(link)))).toEqual(Array.from({ length: 10 }, () => 302));
  });

  it('begins to count when it is given its limit, also on the other instance', async () => {
    const link = await app.createLink();
    expect(await statusesOf(times(5, () => second.click(link)))).toEqual([302, 302, 302, 302, 302]);
    await app.api('patch', `/links/${link.id}`).send({ clickLimit: 1 });
    await eventually(
      () => clickOnce(link, second),
      (status) => status === 410,
      5_000,
    );
  });
});
