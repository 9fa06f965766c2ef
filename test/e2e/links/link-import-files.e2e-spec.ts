import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkImportResponse, LinkImportRowResponse } from '../../../src/links/transfer/link-import.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';
import { CSV, JSON_TYPE, LinkImportClient } from '../../support/api/link-import-client.js';

let app: TestApp;
let client: LinkImportClient;
beforeAll(async () => {
  app = await TestApp.start();
  client = new LinkImportClient(app);
});
afterAll(() => app.close());

const send: LinkImportClient['send'] = (...args) => client.send(...args);
const run: LinkImportClient['run'] = (...args) => client.run(...args);
const all = (key: string): Promise<LinkResponse[]> => client.links(key);
/** In a workspace of its own. */
const runFresh = async (body: string | Buffer, query = '', type = CSV) => {
  const { apiKey, hostname } = await app.createWorkspace();
  return { apiKey, hostname, ...(await run(body, query, apiKey, type)) };
};
const codes = (row: LinkImportRowResponse | undefined): string[] => (row?.warnings ?? []).map(({ code }) => code);
const slugs = ({ results }: LinkImportResponse): (string | null)[] => results.map(({ slug }) => slug);
describe('K13 a file of links', () => {
  it('K13 with unquoted commas: the row fails and says which cells are left over', async () => {
    const csv =
      'url,slug,title\nhttps://a.example/,a,Hello, world, again\nhttps://b.example/,b\nhttps://c.example/,c,x,,\n';
    const { results } = await runFresh(csv);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'created', 'created']);
    expect(results[0]).toMatchObject({ row: 1, line: 2, linkId: null });
    expect(results[0]?.problems).toEqual([
      {
        path: '',
        code: 'too_many_cells',
        message: expect.stringContaining('5 cells for 3 columns; left over: "world", "again"'),
      },
    ]);
  });

  it.each([
    ['sep=;', 'sep=;\r\nurl;slug;title\r\nhttps://a.example/?x=1,2;s1;a, b\r\n', 'a, b'],
    ['sep=, after a byte order mark', '\ufeffsep=,\nurl,slug,title\nhttps://a.example/?x=1;s1,s1,a; b\n', 'a; b'],
    ['a tab file with a quote', 'url\tslug\ttitle\nhttps://a.example/?x=1\ts1\t"Sale\n', '"Sale'],
    ['a tab file with quotes around a text', 'url\tslug\ttitle\nhttps://a.example/?x=1\ts1\t"Sale"\n', '"Sale"'],
    ['vertical bars', 'url|slug|title\nhttps://a.example/?x=1,2|s1|a, b\n', 'a, b'],
    ['CR alone', 'url,slug,title\rhttps://a.example/?x=1,s1,t\r', 't'],
    ['NULL', 'url,slug,title,notes\nhttps://a.example/?x=1,s1,NULL,\\N\n', null],
    ['a title above the names', 'My links\n\nurl,slug,title\nhttps://a.example/?x=1,s1,t\n', 't'],
  ])('K13 %s', async (_, csv, title) => {
    const { apiKey, results } = await runFresh(csv);
    expect(results).toMatchObject([{ status: 'created', slug: 's1', problems: [] }]);
    expect(await all(apiKey)).toMatchObject([{ slug: 's1', title, url: expect.stringContaining('?x=1'), notes: null }]);
  });

  it('K13 NULL is no slug, and quoted it is one', async () => {
    const { results } = await runFresh(
      'url,slug\nhttps://a.example/1,NULL\nhttps://a.example/2,"null"\nhttps://a.example/3,s3\n',
    );
    expect(results.map(({ slugSource }) => slugSource)).toEqual(['random', 'file', 'file']);
    expect(results[1]?.slug).toBe('null');
    const quoted = await runFresh('"url","slug"\n"https://a.example/1","NULL"\n"https://a.example/2","s2"\n');
    expect(quoted.results.map(({ slugSource }) => slugSource)).toEqual(['random', 'file']);
  });

  it('K13 column names that come again are passed over with a word; another table is refused', async () => {
    const csv = 'url,slug\nhttps://a.example/,a\n\nURL,Slug\nhttps://b.example/,b\n';
    const { results, warnings } = await runFresh(csv);
    expect(results).toMatchObject([{ slug: 'a' }, { slug: 'b', row: 2, line: 5 }]);
    expect(warnings).toMatchObject([{ code: 'line_skipped', message: expect.stringContaining('Line 4') }]);
    const { apiKey } = await app.createWorkspace();
    const other = expectInvalid(
      await send('url,slug\nhttps://a.example/,a\nslug,url\nb,https://b.example/\n', '', apiKey, CSV),
      'file',
    );
    expect(other.errors).toMatchObject([{ code: 'another_table', message: expect.stringContaining('line 3') }]);
    expect(await all(apiKey)).toEqual([]);
  });

  it('K13 a row of totals is left out with a word', async () => {
    const { results, counts } = await runFresh('url,slug,clicks\nhttps://a.example/,a,5\nTotal,,123\n');
    expect(results.map(({ status }) => status)).toEqual(['created', 'skipped']);
    expect(codes(results[1])).toEqual(['total_row']);
    expect(counts).toMatchObject({ created: 1, skipped: 1, failed: 0 });
  });

  it.each([
    ['values', 'https://a.example/,a\nhttps://b.example/,b\n', 'file', 'no_header'],
    ['values and nothing else', 'https://a.example/\n', 'file', 'no_header'],
    ['names that are not known', 'Kurz,Ziel\na,https://a.example/\n', 'mapping', 'missing_column'],
  ])('K13 without a header, but %s: one message', async (_, csv, path, code) => {
    const { apiKey } = await app.createWorkspace();
    const { errors } = expectInvalid(await send(csv, '', apiKey, CSV), path);
    expect(errors).toHaveLength(1);
    expect(errors).toMatchObject([{ code }]);
    expect(await all(apiKey)).toEqual([]);
  });

  it('K13 a destination under a name that is not known is offered, and named by mapping', async () => {
    const { apiKey } = await app.createWorkspace();
    const csv = 'Kürzel;Ziel\nfrühling;https://a.example/\n';
    const { errors } = expectInvalid(await send(csv, '', apiKey, CSV), 'mapping');
    expect(errors?.[0]?.choices).toEqual([{ value: 'url=Ziel', example: 'https://a.example/' }]);
    const mapped = await run(csv, `?mapping=${encodeURIComponent('url=Ziel,slug=Kürzel')}`, apiKey);
    expect(mapped.results).toMatchObject([{ status: 'created', slug: 'frühling' }]);
  });

  it.each([
    ['csv', 'Target URL,Shorty,Color\nhttps://a.example/,spring-24,red\nhttps://b.example/,summer-24,red\n', CSV],
    ['json', JSON.stringify([{ url: 'https://a.example/', shorty: 'spring-24' }, { url: 'https://b.example/', shorty: 'summer-24' }]), JSON_TYPE], // prettier-ignore
  ])('K13 slugs under a name that is not known are asked for, never random (%s)', async (_, body, type) => {
    const { apiKey } = await app.createWorkspace();
    for (const query of ['', '?dryRun=true']) {
      const { errors } = expectInvalid(await send(body, query, apiKey, type), 'mapping');
      expect(errors).toMatchObject([{ code: 'which_slug_column', message: expect.stringContaining('mapping=slug=') }]);
      expect(errors?.[0]?.choices?.map(({ example }) => example)).toEqual(['spring-24', 'a random slug for each link']);
    }
    expect(await all(apiKey)).toEqual([]);
    const named = await run(body, '?mapping=slug=SHORTY', apiKey, type);
    expect(slugs(named)).toEqual(['spring-24', 'summer-24']);
    const other = await app.createWorkspace();
    const random = await run(body, '?mapping=slug=(none)', other.apiKey, type);
    expect(random.results.map(({ slugSource }) => slugSource)).toEqual(['random', 'random']);
  });

  it('K13 whole short addresses under a name that is not known are asked for, too', async () => {
    const { apiKey } = await app.createWorkspace();
    const csv = 'url,brandy\nhttps://a.example/long/way,https://go.old/a1\nhttps://b.example/,https://go.old/b2\n';
    const { errors } = expectInvalid(await send(csv, '', apiKey, CSV), 'mapping');
    expect(errors?.[0]?.choices?.[0]).toEqual({ value: 'shortUrl=brandy', example: 'https://go.old/a1' });
    expect(slugs(await run(csv, '?mapping=shortUrl=brandy', apiKey))).toEqual(['a1', 'b2']);
  });

  it('K13 a file that has no slugs at all gets random ones, said', async () => {
    const csv = 'url,color,made,nr\nhttps://a.example/,red,2026-01-01,1\nhttps://b.example/,red,2026-01-02,2\n';
    const { results, warnings, ignoredColumns } = await runFresh(csv);
    expect(results.map(({ slugSource }) => slugSource)).toEqual(['random', 'random']);
    expect(warnings.map(({ code }) => code)).toEqual(['random_slugs']);
    expect(ignoredColumns).toEqual(['color', 'made', 'nr']);
  });

  it('K13 refuses a mapping that names what is not there', async () => {
    const { apiKey } = await app.createWorkspace();
    const csv = 'url,slug\nhttps://a.example/,a\n';
    for (const mapping of ['slug=nope', 'color=slug', 'slug', 'slug=', '=x', 'x'.repeat(3_000)]) {
      expectInvalid(await send(csv, `?mapping=${mapping}`, apiKey, CSV), 'mapping');
    }
  });

  it.each([
    'short_id',
    'code',
    'back-half',
    'back_half',
    'Back half',
    'custom_url',
    'alias',
    'keyword',
    'shortcode',
    'short code',
    'slashtag',
    'key',
    'path',
    'vanity',
    'Vanity URL',
    'custom_slug',
    'Custom back-half',
    'hash',
    'short',
    'SHORT_KEY',
    'url_code',
  ])('K13 the slug is in "%s"', async (column) => {
    const csv = `url,${column}\nhttps://a.example/,My-Slug\nhttps://b.example/,https://bit.ly/other\n`;
    const { apiKey } = await app.createWorkspace();
    const { results } = await run(csv, '', apiKey);
    expect(results).toMatchObject([{ status: 'created', slug: 'My-Slug' }, { status: 'created', slug: 'other' }]); // prettier-ignore
  });

  it.each(['short_url', 'Short URL', 'link', 'bitlink', 'secure_short_url', 'short link', 'tiny_url'])(
    'K13 the short address is in "%s"',
    async (column) => {
      const csv = `long_url,${column}\nhttps://a.example/,https://bit.ly/My-Slug/\nhttps://b.example/,bit.ly/o%C3%A9?x=1\nhttps://c.example/,plain\n`;
      expect(slugs(await runFresh(csv))).toEqual(['My-Slug', 'oé', 'plain']);
    },
  );

  it.each([
    'expired_at',
    'expiration',
    'expires',
    'expire_date',
    'expiry',
    'valid_until',
    'expiresAt',
    'Expiration date',
    'valid to',
    'end date',
  ])('K13 the end is in "%s"', async (column) => {
    const csv = `url,slug,${column}\nhttps://a.example/,a,2030-01-02T03:04:05Z\nhttps://b.example/,b,NULL\nhttps://c.example/,c,never\n`;
    const { apiKey, results } = await runFresh(csv);
    expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
    const ends = new Map((await all(apiKey)).map(({ slug, expiresAt }) => [slug, expiresAt]));
    expect(ends.get('a')).toBe('2030-01-02T03:04:05.000Z');
    expect([ends.get('b'), ends.get('c')]).toEqual([null, null]);
  });

  it('K13 day and month are told by the other rows, and never guessed', async () => {
    const csv = (other: string): string =>
      `url,slug,expires\nhttps://a.example/,a,03/04/2030 10:00\nhttps://b.example/,b,${other}\n`;
    const { apiKey, results } = await runFresh(csv('31/12/2030 11:00'));
    expect(results.map(({ status }) => status)).toEqual(['created', 'created']);
    const ends = (await all(apiKey)).map(({ expiresAt }) => expiresAt);
    expect(ends).toEqual(['2030-04-03T10:00:00.000Z', '2030-12-31T11:00:00.000Z']);
    const open = await runFresh(csv('04/05/2030 11:00'));
    expect(open.results.map(({ problems }) => problems[0]?.message)).toEqual([
      expect.stringContaining('either way round'),
      expect.stringContaining('either way round'),
    ]);
  });

  it('K13 Bitly’s custom_bitlinks are slugs, and the random one leads there as well', async () => {
    const links = [
      { id: 'bit.ly/3xYz', link: 'https://bit.ly/3xYz', custom_bitlinks: ['https://bit.ly/Spring', 'https://bit.ly/sp'], long_url: 'https://a.example/', created_at: 'x' }, // prettier-ignore
      { id: 'bit.ly/4aBc', link: 'https://bit.ly/4aBc', custom_bitlinks: [], long_url: 'https://b.example/', created_at: 'x' }, // prettier-ignore
    ];
    const { apiKey, hostname } = await app.createWorkspace();
    for (const dryRun of [true, false]) {
      const { source, results } = await run(JSON.stringify({ links }), `?dryRun=${dryRun}`, apiKey, JSON_TYPE);
      expect(source).toBe('bitly');
      expect(results).toMatchObject([
        { slug: 'Spring', formerSlugs: ['sp', '3xYz'], slugSource: 'file' },
        { slug: '4aBc', formerSlugs: [] },
      ]);
    }
    for (const slug of ['Spring', 'sp', '3xYz']) {
      const { status, headers } = await app.click({ slug, domain: hostname });
      expect([status, headers['location']]).toEqual([302, expect.stringContaining('https://a.example/')]);
    }
    const again = await run(JSON.stringify({ links }), '', apiKey, JSON_TYPE);
    expect(again.results.map(({ status }) => status)).toEqual(['exists', 'exists']);
    const csv =
      'created_at,long_url,link,custom_bitlinks\nx,https://c.example/,https://bit.ly/5dEf,"bit.ly/one, bit.ly/two"\n';
    expect((await run(csv, '', apiKey)).results).toMatchObject([{ slug: 'one', formerSlugs: ['two', '5dEf'] }]);
  });

  it.each([
    ['deleted', 'true', 'skipped', []],
    ['is_deleted', '1', 'skipped', []],
    ['deleted_at', '2024-05-01 10:00:00', 'skipped', []],
    ['status', 'deleted', 'skipped', []],
    ['deleted', 'false', 'created', []],
    ['deleted_at', 'NULL', 'created', []],
    ['deleted_at', '0000-00-00 00:00:00', 'created', []],
    ['status', 'active', 'created', []],
    ['status', 'disabled', 'created', ['disabled']],
    ['active', '0', 'created', ['disabled']],
    ['banned', 'true', 'created', ['disabled']],
    ['state', 'odd', 'created', ['unknown_state']],
  ])('K13 a link whose %s is %s is %s', async (column, cell, status, warnings) => {
    const { apiKey, results } = await runFresh(`url,slug,${column}\nhttps://a.example/,a,${cell}\n`);
    expect(results).toMatchObject([{ status }]);
    expect(codes(results[0])).toEqual(status === 'skipped' ? ['deleted'] : warnings);
    const [link] = await all(apiKey);
    expect(link?.paused).toBe(status === 'skipped' ? undefined : warnings.includes('disabled'));
  });

  it.each([
    ['password', '$2b$10$abcdefghijklmnopqrstuv', true],
    ['password', 'true', true],
    ['password_protected', 'yes', true],
    ['password', '', false],
    ['password', 'NULL', false],
    ['password', 'false', false],
    ['hasPassword', '1', true],
  ])('K13 a link with %s %s comes in paused: %s', async (column, cell, isPaused) => {
    const csv = `url,slug,${column}\nhttps://a.example/,a,${cell}\n`;
    const { apiKey } = await app.createWorkspace();
    for (const query of ['?dryRun=true', '']) {
      expect(codes((await run(csv, query, apiKey)).results[0])).toEqual(isPaused ? ['password_left'] : []);
    }
    expect(await all(apiKey)).toMatchObject([{ paused: isPaused, hasPassword: false }]);
  });

  it('K13 a link that has a password here is not paused by an update', async () => {
    const { apiKey } = await app.createWorkspace();
    const link = await app.createLink({ slug: 'kept', password: 'secret' }, apiKey);
    const csv = 'url,slug,hasPassword,title\nhttps://shop.example/,kept,true,new\n';
    const { results } = await run(csv, '?onConflict=update', apiKey);
    expect(results).toMatchObject([{ status: 'updated', warnings: [] }]);
    expect(await app.link(link.id, apiKey)).toMatchObject({ title: 'new', paused: false, hasPassword: true });
  });

  it('K13 clicks of the other product are left there, said', async () => {
    const { apiKey, warnings } = await runFresh('url,slug,Clicks,Unique visitors\nhttps://a.example/,a,17,5\n');
    expect(warnings).toMatchObject([{ code: 'clicks_left', message: expect.stringContaining('Clicks') }]);
    expect((await all(apiKey))[0]?.stats.clicks.total).toBe(0);
  });

  it('K13 two rows with one slug, and a slug that is taken: said', async () => {
    const { apiKey } = await app.createWorkspace();
    await app.createLink({ slug: 'taken', url: 'https://there.example/' }, apiKey);
    const csv =
      'url,slug\nhttps://a.example/1,one\nhttps://a.example/2,one\nhttps://a.example/3,taken\nhttps://there.example/,taken\n';
    for (const query of ['?dryRun=true', '']) {
      const { results } = await run(csv, query, apiKey);
      expect(results.slice(1).map(({ status }) => status)).toEqual(['exists', 'exists', 'exists']);
      expect(results.slice(1).map(codes)).toEqual([['differs'], ['slug_taken'], []]);
      expect(results[1]?.warnings[0]?.message).toContain('https://a.example/1');
    }
  });

  it('K13 a slug that a spreadsheet has made a number of is refused; one that only looks so is not', async () => {
    const csv =
      'url,slug\nhttps://a.example/1,1.00E+05\nhttps://a.example/2,1E5\nhttps://a.example/3,007\nhttps://a.example/4,1E+11\n';
    const { results } = await runFresh(csv);
    expect(results.map(({ slug }) => slug)).toEqual([null, '1E5', '007', null]);
    expect(results[0]?.problems).toMatchObject([{ path: 'slug', code: 'number_format' }]);
  });

  it('K13 long texts are cut with a word, spaces around cells do not matter', async () => {
    const csv = `url , slug , title\n https://a.example/ , a , ${'😀'.repeat(150)}\n`;
    const { apiKey, results } = await runFresh(csv);
    expect(codes(results[0])).toEqual(['cut']);
    expect((await all(apiKey))[0]?.title).toBe('😀'.repeat(100));
  });
});

describe('K7 the bytes of a file of links', () => {
  const text = 'url;slug;title\nhttps://a.example/;лето;Депозит\n';
  const cp1251 = Buffer.from([...text].map((c) => (c > '\u0400' ? c.charCodeAt(0) - 0x350 : c.charCodeAt(0))));
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), '', CSV],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le'), '', CSV],
    ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), '', CSV],
    ['a charset in the content type', cp1251, '', 'text/csv; header=present; charset="windows-1251"'],
    ['a charset as a parameter', cp1251, '?charset=cp1251', CSV],
    ['a parameter before the content type', cp1251, '?charset=windows-1251', 'text/csv; charset=utf-8'],
    ['a content type that says nothing', Buffer.from(text), '', 'text/csv; charset=us-ascii'],
    ['another name of CSV', Buffer.from(text), '', 'application/csv'],
    ['JSON in UTF-16', Buffer.from(`\ufeff${JSON.stringify([{ url: 'https://a.example/', slug: 'лето', title: 'Депозит' }])}`, 'utf16le'), '', JSON_TYPE], // prettier-ignore
  ])('K7 are read: %s', async (_, bytes, query, type) => {
    const { apiKey, results } = await runFresh(bytes, query, type);
    expect(results).toMatchObject([{ status: 'created', slug: 'лето' }]);
    expect(await all(apiKey)).toMatchObject([{ title: 'Депозит' }]);
  });

  it('K7 that are not UTF-8 are a question, with the cell as each answer reads it', async () => {
    const { apiKey } = await app.createWorkspace();
    const { errors } = expectInvalid(await send(cp1251, '', apiKey, CSV), 'file');
    expect(errors).toMatchObject([{ code: 'not_utf8', message: expect.stringMatching(/^line 2: .*\?charset=/) }]);
    expect(errors?.[0]?.choices?.[0]).toEqual({ value: 'windows-1251', example: 'лето' });
    expect(await all(apiKey)).toEqual([]);
  });

  it('K7 with a charset that is none: refused', async () => {
    const { apiKey } = await app.createWorkspace();
    expectInvalid(await send(text, '?charset=klingon', apiKey, CSV), 'charset');
    expectInvalid(await send(text, '', apiKey, 'text/csv; charset=klingon'), 'charset');
  });
});
