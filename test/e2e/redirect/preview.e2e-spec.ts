import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LinkCache } from '../../../src/links/cache/link-cache.service.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

const BOT = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';
const PREVIEW = { title: 'Summer <sale>', description: 'Half "price"', image: 'https://brand.example/a.jpg' };

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const get = (link: LinkResponse, suffix = '', userAgent = BROWSER) =>
  app.plain('get', `/${encodeURI(link.slug)}${suffix}`).set({ host: link.domain, 'user-agent': userAgent });
const change = async (link: LinkResponse, fields: Record<string, unknown>): Promise<void> => {
  const links = app.connection.collection<{ _id: string }>('links');
  await links.updateOne({ _id: link.id }, { $set: { ...fields, updatedAt: new Date() } });
  await app.app.get(LinkCache).invalidate(link.domain, link.slug);
};

describe('the link with + behind it', () => {
  it('shows where it leads, and counts nothing', async () => {
    const link = await app.createLink({
      url: 'https://müller.example/lp?a={sub1}&b=1',
      preview: PREVIEW,
      variants: [
        { name: 'a', url: 'https://one.example/', weight: 1 },
        { name: 'b', url: 'https://two.example/', weight: 1 },
      ],
    });
    const { status, headers, text } = await get(link, '+');
    expect([status, headers['location']]).toEqual([200, undefined]);
    expect(headers['content-security-policy']).toContain('img-src https: data:');
    expect(text).toContain('<p class="host">xn--mller-kva.example</p>');
    expect(text).toContain('https://xn--mller-kva.example/lp?a=…&amp;b=1');
    expect(text).toContain('one.example, two.example');
    expect(text).toContain('Summer &lt;sale&gt;');
    expect(text).toContain('<img src="https://brand.example/a.jpg"');
    expect(text).toContain(`content="${link.shortUrl}"`);
    expect(text).toContain(link.createdAt.slice(0, 10));
    expect(text).toContain(`href="/_/report?slug=${link.slug}"`);
    await app.storedClick(await clickOf(link)); // what came before it would be counted by now
    expect((await counted(link)).clicks.total).toBe(1);
  });

  it('keeps the destination of a link with a password', async () => {
    const link = await app.createLink({ preview: PREVIEW });
    await change(link, { passwordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA' });
    const { status, text } = await get(link, '+');
    expect([status, text.includes('shop.example'), text.includes('Half &quot;price')]).toEqual([200, false, true]);
  });

  it('says that a suspended link is', async () => {
    const suspended = await app.createLink();
    await change(suspended, { suspended: { reason: 'blocklist', at: new Date() } });
    for (const suffix of ['', '+']) {
      const { status, text } = await get(suspended, suffix);
      expect([status, text.includes('This link has been stopped'), text.includes('shop.example')]).toEqual([
        403,
        true,
        false,
      ]);
    }
  });

  it.each([
    ['before startsAt', { startsAt: '2099-01-01T00:00:00Z' }, 404, 'This link is not open yet'],
    ['that has expired', { expiresAt: '2026-01-01T00:00:00Z' }, 410, 'This link has expired'],
    ['that is paused', { paused: true }, 404, 'There is no such link'],
    ['that is cloaked', { cloak: true }, 200, 'under its own address'],
  ])('S19 shows nothing of a link %s', async (_, fields, status, text) => {
    const rule = { name: 'r', when: [{ field: 'country', op: 'in', values: ['DE'] }], url: 'https://rule.example/' };
    const link = await app.createLink({ fallbackUrl: 'https://fallback.example/', rules: [rule], ...fields });
    const answer = await get(link, '+');
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
    for (const host of ['shop.example', 'rule.example', 'fallback.example']) expect(answer.text).not.toContain(host);
  });

  it('cannot be hidden by a link whose slug ends like that', async () => {
    const response = await app.api('post', '/links').send({ url: 'https://shop.example/', slug: 'c+' });
    expect(response.status).toBe(422);
  });

  it('is unknown where the link is, or is another host’s', async () => {
    const link = await app.createLink();
    expect((await app.plain('get', '/nothing+')).status).toBe(404);
    expect((await app.plain('get', '/+')).status).toBe(404);
    expect((await app.plain('get', `/${link.slug}+`).set('host', 'nobody.example')).status).toBe(404);
  });
});

describe('a program that fetches previews', () => {
  it('gets the card of a link that has one, counted as a bot’s click', async () => {
    const link = await app.createLink({ preview: PREVIEW });
    const { status, headers, text } = await get(link, '', BOT);
    expect([status, headers['location']]).toEqual([200, undefined]);
    expect(text).toContain('<meta property="og:title" content="Summer &lt;sale&gt;" />');
    expect(text).toContain('<meta property="og:image" content="https://brand.example/a.jpg" />');
    expect(text).not.toContain('shop.example');
    const stats = await counted(link);
    expect(stats.clicks).toMatchObject({ total: 1, human: 0, bots: 1 });
  });

  it('is redirected as any visitor by a link that has none, and people always are', async () => {
    expect((await get(await app.createLink(), '', BOT)).status).toBe(302);
    expect((await get(await app.createLink({ preview: PREVIEW }))).status).toBe(302);
  });
});

const clickOf = async (link: LinkResponse): Promise<string> => {
  const { headers } = await get(link);
  return new URL(headers['location'] ?? 'none:').searchParams.get('click_id') ?? '';
};
const counted = async (link: LinkResponse) => {
  const { stats } = await eventually(
    () => app.link(link.id),
    ({ stats: { clicks } }) => clicks.total > 0,
  );
  return stats;
};
