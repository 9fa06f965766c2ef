import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DraftPreviewResponse } from '../../../src/redirect/draft/draft-preview.dto.js';
import type { SimulateResponse } from '../../../src/redirect/simulate/simulate.dto.js';
import { LinksRepository } from '../../../src/links/links.repository.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';
import { RestrictedKeys } from '../../support/api/restricted-keys.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const URL_OF_OFFER = 'https://orchid.example/lp?btag=8841&stag={click_id}&src={sub1}&cr={sub2}';

async function preview(body: object, key = app.apiKey): Promise<DraftPreviewResponse> {
  const response = await app.api('post', '/links/preview', key).send(body);
  expect([response.status, response.text]).toEqual([200, expect.any(String)]);
  return response.body as DraftPreviewResponse;
}

const pathsOf = ({ problems }: DraftPreviewResponse): string[] => problems.map(({ path }) => path).sort();

async function storedLinks(): Promise<number> {
  const { body } = await app.api('get', '/workspaces/current');
  const workspaceId = trustedWorkspaceId((body as { id: string }).id);
  return app.app.get(LinksRepository, { strict: false }).count(workspaceId, {}, { limit: 1_000 });
}

itAsksForKeyAndScope(() => app, [['post', '/links/preview', 'links:write']]);

describe('the preview of a new link', () => {
  it('shows what a visitor would get, part by part, and stores nothing', async () => {
    const before = await storedLinks();
    const visitor = { country: 'MT', device: 'mobile', query: { sub1: 'push-04' } };
    const shown = await preview({ link: { url: URL_OF_OFFER, slug: 'summer-push', clickIdParam: 'stag' }, visitor });
    expect(shown).toMatchObject({
      shortUrl: expect.stringMatching(/\/summer-push$/),
      slug: { value: 'summer-push', free: true, suggestion: null },
      clickIdParam: 'stag',
      problems: [],
      warnings: [],
      simulation: { stop: null, visitor: { country: 'MT', device: 'mobile', bot: false } },
    });
    const { parts, simulation } = shown;
    expect(parts.map(({ kind, name, isEmpty, note }) => [kind, name, isEmpty, note])).toEqual([
      ['fixed', null, false, 'fixed'],
      ['fixed', 'btag', false, 'fixed'],
      ['clickId', 'stag', false, 'click id'],
      ['sub', 'src', false, 'sub1'],
      ['sub', 'cr', true, 'empty: this visitor brings no sub2'],
      ['forwarded', 'sub1', false, "visitor's own query"],
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe(simulation?.location);
    expect(await storedLinks()).toBe(before);
  });

  it('is what the link then does', async () => {
    const link = { url: URL_OF_OFFER, slug: 'as-previewed' };
    const { simulation, shortUrl } = await preview({ link, visitor: { query: { sub1: 'a b' } } });
    const created = await app.createLink(link);
    expect(created.shortUrl).toBe(shortUrl);
    const { headers } = await app.click(created, '?sub1=a%20b');
    const without = (text = ''): string => text.replaceAll(/(stag|click_id)=\w+/g, '$1=');
    expect(without(simulation?.location?.replaceAll('+', '%20'))).toBe(without(headers['location']));
  });

  it('gives an example of a slug, and the click id parameter of the network', async () => {
    const network = await app.createNetwork({ clickIdParam: 'tid' });
    const shown = await preview({ link: { url: 'https://orchid.example/', networkId: network.id } });
    expect(shown.slug).toEqual({ value: expect.stringMatching(/^\w{7,}$/), free: true, suggestion: null });
    expect(shown.clickIdParam).toBe('tid');
    expect(shown.parts.at(-1)).toMatchObject({ kind: 'appended', name: 'tid' });
    expect(shown.simulation?.visitor).toMatchObject({ device: 'desktop', bot: false });
    expect((await preview({ link: { networkId: network.id } })).clickIdParam).toBe('tid');
  });

  it('suggests the first free number for a slug that is taken', async () => {
    for (const slug of ['promo', 'promo-2', 'promo-4']) await app.createLink({ slug });
    const shown = await preview({ link: { url: 'https://orchid.example/', slug: 'promo' } });
    expect(shown.slug).toEqual({ value: 'promo', free: false, suggestion: 'promo-3' });
    expect(shown.problems).toEqual([
      { path: 'slug', code: 'conflict', message: 'Another link on this domain has this slug.' },
    ]);
    expect(shown.simulation?.location).toMatch(/^https:\/\/orchid\.example\//);
  });

  it('lists every problem for which creation would refuse it, each with the same code', async () => {
    await app.createLink({ slug: 'given', externalId: 'given' });
    const link = {
      url: 'https://orchid.example/?a={nope}',
      slug: 'given',
      externalId: 'given',
      networkId: 'net_none',
      title: 'x'.repeat(201),
      startsAt: '2026-02-01T00:00:00Z',
      expiresAt: '2026-01-01T00:00:00Z',
      rules: [{ when: [{ field: 'country', op: 'in', values: ['UK'] }], url: 'https://uk.example/' }],
      surprise: 1,
    };
    const shown = await preview({ link });
    expect(pathsOf(shown)).toEqual(
      ['externalId', 'expiresAt', 'networkId', 'rules.0.when', 'slug', 'surprise', 'title', 'url'].sort(),
    );
    expect(shown).toMatchObject({ simulation: null, parts: [] });
    expect(shown.problems.find(({ path }) => path === 'url')).toMatchObject({ code: 'unknown_macro' });

    // One request after the other, without what was reported before.
    const reported = new Map(shown.problems.map(({ path, code }) => [path, code]));
    const known = new Set<string>();
    let rest: Record<string, unknown> = { ...link };
    for (let round = 0; round < 6; round++) {
      const response = await app.api('post', '/links').send(rest);
      const { errors, detail } = response.body as { errors?: { path: string; code: string }[]; detail?: string };
      if (response.status === 201) break;
      const found =
        response.status === 409
          ? [{ path: detail?.includes('externalId') ? 'externalId' : 'slug', code: 'conflict' }]
          : (errors ?? []);
      for (const { path, code } of found) {
        known.add(path);
        expect([path, reported.get(path)]).toEqual([path, code]);
        rest = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== path.split('.')[0]));
        if (path === 'url') rest['url'] = 'https://orchid.example/';
      }
    }
    expect([...known].sort()).toEqual(pathsOf(shown));
  });

  it('says which destinations the policy refuses', async () => {
    const { domain } = await app.createLink();
    for (const url of [`http://${domain}/loop`, 'javascript:alert(1)', 'https://', '']) {
      const shown = await preview({ link: { url } });
      expect(pathsOf(shown), url).toEqual(['url']);
      expect(shown.simulation, url).toBeNull();
    }
  });

  it('knows no address on a domain that is not the own one', async () => {
    const shown = await preview({ link: { url: 'https://orchid.example/', domain: 'go.other.example', slug: 'a' } });
    expect(pathsOf(shown)).toEqual(['domain']);
    expect(shown).toMatchObject({
      shortUrl: null,
      slug: { value: 'a', free: null, suggestion: null },
      simulation: null,
    });
  });

  it('routes by rules, a schedule and a password, without hashing it', async () => {
    const url = 'https://orchid.example/';
    const rules = [{ when: [{ field: 'country', op: 'in', values: ['MT'] }], url: 'https://malta.example/' }];
    const there = await preview({ link: { url, rules }, visitor: { country: 'mt' } });
    expect(there.simulation).toMatchObject({ location: expect.stringContaining('malta.example'), rule: 'Rule 1' });
    const elsewhere = await preview({ link: { url, rules }, visitor: { country: 'unknown' } });
    expect(elsewhere.simulation?.location).toContain('orchid.example');
    const later = await preview({ link: { url, startsAt: '2099-01-01' } });
    expect(later).toMatchObject({ simulation: { stop: 'not_begun', location: null }, parts: [] });
    const locked = await preview({ link: { url, password: 'open sesame' } });
    expect(locked.simulation?.why).toContain('the link has a password');
    expect(JSON.stringify(locked)).not.toContain('sesame');
    expect(pathsOf(await preview({ link: { url, password: 'abc' } }))).toEqual(['password']);
  });

  it('sends a visitor to the same variant each time', async () => {
    const variants = [
      { name: 'A', url: 'https://a.example/', weight: 1, dailyCap: { conversions: 5 } },
      { name: 'B', url: 'https://b.example/', weight: 1 },
    ];
    const link = { url: 'https://orchid.example/', variants };
    const seen = new Set<string | null | undefined>();
    for (let i = 0; i < 5; i++) seen.add((await preview({ link, visitor: { ip: '203.0.113.7' } })).simulation?.variant);
    expect(seen.size).toBe(1);
  });

  it('warns as the link would', async () => {
    const shown = await preview({ link: { url: 'https://orchid.example/?stag={click_id}&a=1&amp;b=2' } });
    expect(shown.warnings.map(({ code }) => code)).toContain('html_entity');
  });

  it('refuses what is no draft', async () => {
    const post = (body: object) => app.api('post', '/links/preview').send(body);
    expectInvalid(await post({}), 'link');
    expectInvalid(await post({ link: 'https://orchid.example/' }), 'link');
    expectInvalid(
      await post({ link: {}, visitor: { path: '/x', device: 'phone', country: 'UK' } }),
      'visitor.country',
      'visitor.device',
      'visitor.path',
    );
  });
});

describe('the preview of a change', () => {
  it('shows the link as it would be, by its id or external id', async () => {
    const link = await app.createLink({ url: URL_OF_OFFER, slug: 'own-slug', externalId: 'own', clickLimit: 5 });
    const shown = await preview({ linkId: link.id, link: { url: 'https://new.example/?x={sub1}' } });
    expect(shown).toMatchObject({
      shortUrl: link.shortUrl,
      slug: { value: 'own-slug', free: true, suggestion: null },
      problems: [],
      simulation: { location: expect.stringMatching(/^https:\/\/new\.example\//) },
    });
    const same = await preview({ linkId: 'ext_own', link: { slug: 'own-slug', externalId: 'own' } });
    expect(same).toMatchObject({ slug: { free: true }, problems: [] });
    expect((await app.link(link.id)).url).toBe(link.url);
  });

  it('lists the problems that the change would have', async () => {
    await app.createLink({ slug: 'other-slug', externalId: 'other' });
    const link = await app.createLink({ cloak: true, expiresAt: '2099-01-01T00:00:00Z' });
    const changes = {
      slug: 'other-slug',
      externalId: 'other',
      startsAt: '2099-02-01T00:00:00Z',
      url: 'tel:+356123',
      domain: 'x.example',
    };
    const shown = await preview({ linkId: link.id, link: changes });
    expect(pathsOf(shown)).toEqual(['domain', 'externalId', 'slug', 'startsAt', 'url']);
    expect(shown.slug).toEqual({ value: 'other-slug', free: false, suggestion: 'other-slug-2' });
  });

  it('finds no link that is not there, or lies outside the limits of the member', async () => {
    const keys = new RestrictedKeys(app);
    const limited = await keys.create({ linkLimits: { tags: ['mine'], campaigns: [] } });
    const link = await app.createLink();
    const ask = (linkId: string, key = app.apiKey) => app.api('post', '/links/preview', key).send({ linkId, link: {} });
    expectProblem(await ask('lnk_none'), 404);
    expectProblem(await ask(link.id, limited), 404);
    const shown = await preview({ link: { url: 'https://orchid.example/' } }, limited);
    expect(shown.problems).toEqual([{ path: 'tags', code: 'forbidden', message: expect.stringContaining('mine') }]);
    expect((await preview({ link: { url: 'https://orchid.example/', tags: ['mine'] } }, limited)).problems).toEqual([]);
  });
});

describe('a described visitor', () => {
  const simulate = async (id: string, body: object): Promise<SimulateResponse> =>
    (await app.api('post', `/links/${id}/simulate`).send(body)).body as SimulateResponse;

  it('has the facts that were chosen, before those of the address and the user agent', async () => {
    const { id } = await app.createLink({
      url: 'https://orchid.example/{country}/{region}/{city}/{device}/{os}/{browser}/{language}',
    });
    const facts = { country: 'mt', region: 'Sliema', city: 'Sliema', device: 'mobile', os: 'iOS', browser: 'Safari' };
    const { location, visitor } = await simulate(id, { ip: '8.8.8.8', ...facts, language: 'de-CH' });
    expect(location).toMatch(/\/MT\/Sliema\/Sliema\/mobile\/iOS\/Safari\/de\?/);
    expect(visitor).toMatchObject({ ...facts, country: 'MT', language: 'de-ch', bot: false });
    const elsewhere = await simulate(id, { ip: '8.8.8.8', country: 'MT' });
    expect(elsewhere.visitor).toMatchObject({ country: 'MT', region: null, city: null });
  });

  it('is a bot where the request says so', async () => {
    const { id } = await app.createLink();
    expect((await simulate(id, {})).visitor.bot).toBe(true);
    expect((await simulate(id, { device: 'tv' })).visitor.bot).toBe(false);
    expect((await simulate(id, { device: 'tv', userAgent: 'Googlebot/2.1' })).visitor.bot).toBe(true);
    expect((await simulate(id, { device: 'tv', headers: { 'Sec-Purpose': 'prefetch' } })).visitor.bot).toBe(true);
  });

  it('cannot have facts that no visitor has', async () => {
    const { id } = await app.createLink();
    const bad = { country: 'UK', device: 'phone', os: 'ios', browser: 'netscape', language: 'german', city: '' };
    const response = await app.api('post', `/links/${id}/simulate`).send(bad);
    const { errors = [] } = expectInvalid(response, 'browser', 'city', 'country', 'device', 'language', 'os');
    expect(errors.find(({ path }) => path === 'country')?.message).toContain('write GB');
  });
});
