import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkImportRowResponse } from '../../../src/links/transfer/link-import.dto.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../../../src/workspaces/settings/workspace-settings.service.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { LinkImportClient } from '../../support/api/link-import-client.js';

const SLOW_MS = 120_000;

let app: TestApp;
let client: LinkImportClient;
beforeAll(async () => {
  app = await TestApp.start();
  client = new LinkImportClient(app);
});
afterAll(() => app.close());

const run: LinkImportClient['run'] = (...args) => client.run(...args);
const all = (key: string): Promise<LinkResponse[]> => client.links(key);

describe('K13 a dry run', () => {
  const CSV_FILE = [
    'url,slug,title,hasPassword,status,externalId,clicks',
    'https://a.example/1,one,t,,,,1',
    'https://a.example/1,one,t,,,,1',
    'https://a.example/2,ONE,t,,,,1',
    'https://a.example/3,,t,,,,1',
    'https://a.example/3,,t,,,,1',
    'https://a.example/4,taken,t,true,,,1',
    'https://a.example/5,taken-2,t,,disabled,,1',
    'https://a.example/6,e\u0301te\u0301,t,,,,1',
    'https://a.example/7,été,t,,,,1',
    'nonsense,bad,t,,,,1',
    'https://a.example/8,a b,t,,,,1',
    'https://a.example/9,nine,t,,deleted,,1',
    'https://a.example/10,ten,t,,,mine,1',
    'https://a.example/11,eleven,t,,,mine,1',
    'https://xn--pple-43d.example/,twelve,t,,,,1',
    'https://a.example/13,old,t,,,,1',
    'HTTPS://A.example,fourteen,t,,,,1',
    'https://a.example/15,fifteen,t, and more,,,1,2',
    'https://a.example/16,go.old/sixteen,t,,,,1',
    'Total,,,,,,16',
  ].join('\n');
  const shown = (row: LinkImportRowResponse) => ({
    ...row,
    linkId: null,
    shortUrl: null,
    status: row.status.replace(/^would_(create|update)$/, '$1d'),
    slug: row.slugSource === 'random' || row.url === 'https://a.example/3' ? 'random' : row.slug,
  });
  const prepare = async (isCaseSensitive: boolean): Promise<string> => {
    const { apiKey, hostname } = await app.createWorkspace();
    const { data } = (await app.api('get', '/domains', apiKey)).body as { data: { id: string; hostname: string }[] };
    const domain = data.find((one) => one.hostname === hostname);
    await app.api('patch', `/domains/${domain?.id}`, apiKey).send({ caseSensitive: isCaseSensitive });
    await app.createLink({ slug: 'taken', url: 'https://there.example/' }, apiKey);
    await app.createLink({ slug: 'known', url: 'https://known.example/', externalId: 'mine' }, apiKey);
    const moved = await app.createLink({ slug: 'old', url: 'https://moved.example/' }, apiKey);
    await app.api('patch', `/links/${moved.id}`, apiKey).send({ slug: 'new', keepOldSlug: true });
    return apiKey;
  };

  it.each([
    ['skip', true],
    ['skip', false],
    ['update', true],
    ['rename', true],
    ['rename', false],
  ])(
    'K13 shows exactly what the real run does (onConflict=%s, case matters: %s)',
    async (onConflict, isCaseSensitive) => {
      const apiKey = await prepare(isCaseSensitive);
      const before = await all(apiKey);
      const tried = await run(CSV_FILE, `?onConflict=${onConflict}&dryRun=true`, apiKey);
      expect(await all(apiKey)).toEqual(before);
      const done = await run(CSV_FILE, `?onConflict=${onConflict}`, apiKey);
      expect(tried.results.map(shown)).toEqual(done.results.map(shown));
      expect(tried.warnings).toEqual(done.warnings);
      const links = new Map((await all(apiKey)).map((link) => [link.id, link]));
      for (const { status, linkId, slug, url, domain } of done.results) {
        if (onConflict !== 'update' && (status === 'created' || status === 'exists'))
          expect(links.get(linkId ?? '')).toMatchObject({ slug, url, domain });
      }
      const again = await run(CSV_FILE, `?onConflict=${onConflict}`, apiKey);
      expect(again.counts.created).toBe(0);
    },
    SLOW_MS,
  );

  it('K13 knows how many links the plan allows', async () => {
    const { apiKey, id } = await app.createWorkspace();
    await app.connection
      .collection('workspaces')
      .updateOne({ _id: id as never }, { $set: { 'plan.limits': { links: 2 } } });
    const settings = app.app.get(WorkspaceSettingsService);
    await eventually(
      () => settings.of(trustedWorkspaceId(id)),
      ({ limits }) => limits.links === 2,
    );
    const csv = 'url,slug\nhttps://a.example/,a\nhttps://b.example/,b\nhttps://c.example/,c\n';
    for (const query of ['?onConflict=rename&dryRun=true', '?onConflict=rename']) {
      const { results } = await run(csv, query, apiKey);
      expect(results.map(({ problems }) => problems[0]?.code)).toEqual([undefined, undefined, 'quota_exceeded']);
    }
  });
});

describe('K13 export, import, export', () => {
  const NASTY = [
    '=cmd|x',
    "'=1",
    "''",
    '+49 30',
    '-5',
    "'-5",
    '@sum',
    '\ttab',
    ' leading',
    'trailing ',
    '\ufeffmark',
    'a\ufeffb',
    'say "hi"',
    'two\nlines',
    'cr\rlf\r\n',
    'a;=1',
    "a;'=1",
    'null',
    'NULL',
    '\\N',
    '-',
    'N/A',
    '007',
    '1E5',
    '😀 emoji',
    'a,b',
    'a|b',
    '"', // prettier-ignore
  ];
  const download = async (query: string, key: string): Promise<Buffer> => {
    const response = await app
      .api('get', `/links/export?${query}`, key)
      .buffer(true)
      .parse((answer, done) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => done(null, Buffer.concat(pieces)));
      });
    expect(response.status).toBe(200);
    return response.body as Buffer;
  };
  const PORTABLE =
    'url,slug,externalId,title,tags,notes,campaign,clickIdParam,forwardQuery,redirectStatus,sourceId,costAmount,costCurrency,clickLimit,startsAt,expiresAt,expiredUrl,fallbackUrl,paused,archived,noIndex,referrerPolicy,cloak,rules,variants,rotation,preview,formerSlugs';

  it.each(['false', 'true'])(
    'K13 gives the same bytes (bom=%s)',
    async (bom) => {
      const [from, to] = [await app.createWorkspace(), await app.createWorkspace()];
      for (const [i, text] of NASTY.entries()) {
        await app.createLink(
          {
            slug: ['1E5', '007', 'null', '=x', "'q", '-1', 'n/a', 'été'][i] ?? `s${i}`,
            url: `https://shop.example/p?x=1;=2&y='${i}`,
            title: text,
            notes: `${text}${text}`,
            campaign: text,
            tags: [`t${i}`, text.slice(0, 50)],
            externalId: i % 3 === 0 ? `id-${i}` : null,
            clickIdParam: i % 2 === 0 ? null : 'cid',
            forwardQuery: (['none', 'fill', 'override'] as const)[i % 3],
            paused: i % 2 === 1,
          },
          from.apiKey,
        );
      }
      const moved = await app.createLink({ slug: 'before', title: 'moved' }, from.apiKey);
      await app.api('patch', `/links/${moved.id}`, from.apiKey).send({ slug: 'after', keepOldSlug: true });
      const query = `archived=all&bom=${bom}&columns=${PORTABLE}`;
      const first = await download(query, from.apiKey);
      const { counts, results } = await run(first, '', to.apiKey);
      expect(results.flatMap(({ problems }) => problems)).toEqual([]);
      expect(counts).toMatchObject({ created: NASTY.length + 1 });
      expect((await download(query, to.apiKey)).toString()).toBe(first.toString());
      // And into itself: nothing changes, not even the bytes of what cannot be imported.
      const whole = await download('archived=all', from.apiKey);
      expect((await run(whole, '', from.apiKey)).counts).toMatchObject({ created: 0, exists: NASTY.length + 1 });
      expect((await download('archived=all', from.apiKey)).equals(whole)).toBe(true);
      expect((await app.click({ slug: 'before', domain: to.hostname })).status).toBe(302);
    },
    SLOW_MS,
  );
});
