import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainCache } from '../../../src/domains/domain-cache.service.js';
import { DomainsRepository } from '../../../src/domains/domains.repository.js';
import { newId } from '../../../src/platform/ids/ids.js';
import { trustedWorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';
import type { CheckResponse } from '../../../src/redirect/check/check.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let shop: Server;
let at: string;
let app: TestApp;
const asked: string[] = [];
/** Answers that are kept back. */
const held: ServerResponse[] = [];

const to = (response: ServerResponse, location: string): void => void response.writeHead(302, { location }).end();

/** What a merchant's server does, by path; the query is what it was asked with. */
const WAYS: Record<string, (query: string, response: ServerResponse) => void> = {
  '/end': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  '/keeps': (query, response) => to(response, `/end?${query}`),
  '/renames': (query, response) => to(response, `/end?${query.replace('click_id', 'tid')}`),
  '/drops': (_, response) => to(response, '/end'),
  '/lowers': (query, response) => to(response, `/end?${query.toLowerCase()}`),
  '/encodes': (query, response) => to(response, `/end?${query.replaceAll('%', '%25')}`),
  '/refreshes': (query, response) =>
    void response
      .writeHead(200)
      .end(`<meta http-equiv="refresh" content="0;url=/end?${query.replaceAll('&', '&amp;')}">`),
  '/loops': (query, response) => to(response, `/loops?${query}`),
  '/wanders': (query, response) => to(response, `/wanders?${query}&n=1`),
  '/signed': (query, response) => void response.writeHead(query === 'X-Amz-Signature=abc' ? 200 : 403).end(),
  '/strict': (query, response) => void response.writeHead(query === '' ? 200 : 400).end(),
  '/breaks': (_, response) => void response.writeHead(500).end(),
  '/inside': (_, response) => to(response, 'http://127.0.0.1:1/admin'),
  '/file': (_, response) => to(response, 'file:///etc/passwd'),
  '/rubbish': (_, response) => to(response, 'http://%zz'),
  '/headers': (_, response) => void response.writeHead(200, { 'x-long': 'x'.repeat(60_000) }).end(),
  '/held': (_, response) => void held.push(response),
  '/strange': (_, response) => void response.writeHead(200, { 'content-encoding': '__proto__' }).end('<h1>Hello</h1>'),
  '/endless': (_, response) => {
    response.writeHead(200);
    response.on('error', () => undefined);
    response.write('x'.repeat(1_000_000));
    response.end('x'.repeat(1_000_000));
  },
};

beforeAll(async () => {
  shop = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    const { pathname, search } = new URL(request.url ?? '/', 'http://shop');
    (WAYS[pathname] ?? ((_: string, other: ServerResponse) => void other.writeHead(404).end()))(
      search.slice(1),
      response,
    );
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const { port } = shop.address() as AddressInfo;
  at = `http://127.0.0.1:${port}`;
  app = await TestApp.start({ env: { OUTBOUND_ALLOW: `127.0.0.1:${port}` } });
});
afterAll(async () => {
  await app.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

const check = async (link: LinkResponse, body: object = {}): Promise<CheckResponse> => {
  const response = await app.api('post', `/links/${link.id}/check`).send(body);
  expect(response.status).toBe(200);
  return response.body as CheckResponse;
};
/** A domain of its own, as a proof would make it. */
const domainOf = async ({ id }: { id: string }): Promise<string> => {
  const domain = { _id: newId('dom'), hostname: 'theirs.example', status: 'verified', createdAt: new Date() } as const;
  await app.app.get(DomainsRepository).insert(trustedWorkspaceId(id), domain);
  await app.app.get(DomainCache).refresh();
  return domain.hostname;
};
const linkTo = (path: string): Promise<LinkResponse> => app.createLink({ url: `${at}${path}` });
/** Besides plain HTTP, which is all that this test's server speaks. */
const found = ({ problems }: CheckResponse): string[] =>
  problems
    .filter(({ code }) => code !== 'insecure')
    .map(({ hop, code, param }) => `${hop} ${code} ${param ?? ''}`.trim());

describe('POST /links/{id}/check', () => {
  it('S12 is done for one link of a workspace at a time; others of it wait, and those of other workspaces do not', async () => {
    const other = await app.createWorkspace();
    const own = await linkTo('/held');
    const theirs = await app
      .api('post', '/links', other.apiKey)
      .send({ url: `${at}/end`, domain: await domainOf(other) });
    const checks = Array.from({ length: 5 }, async () => await app.api('post', `/links/${own.id}/check`).send({}));
    const refused = await Promise.any(
      checks.map(async (one) => {
        const response = await one;
        if (response.status !== 429) throw new Error('not refused');
        return response;
      }),
    );
    expect(refused.headers['retry-after']).toBe('5');
    await eventually(
      () => Promise.resolve(held.length),
      (count) => count === 1,
    );
    const { id } = theirs.body as LinkResponse;
    expect((await app.api('post', `/links/${id}/check`, other.apiKey).send({})).status).toBe(200);
    const letGo = setInterval(() => held.splice(0).forEach((response) => response.writeHead(200).end()), 20);
    const statuses = (await Promise.all(checks)).map(({ status }) => status);
    clearInterval(letGo);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429]);
  });

  it('S20 takes a page that is packed in a way called __proto__', async () => {
    const answer = await check(await linkTo('/strange'));
    expect(answer.hops.map(({ status }) => status)).toEqual([200]);
  });

  it('goes to the end, and says what arrived at each hop', async () => {
    const answer = await check(await linkTo('/keeps'), { query: { sub1: 'a b', utm_source: 'x' } });
    expect(answer.hops).toMatchObject([
      { url: expect.stringContaining('/keeps?'), status: 302, ms: expect.any(Number) },
      { status: 200, params: { sub1: 'a b', utm_source: 'x', click_id: expect.stringMatching(/^\w{31}$/) } },
    ]);
    expect(found(answer)).toEqual([]);
    expect(answer.problems).toMatchObject([{ hop: 0, code: 'insecure' }]);
  });

  it.each([
    ['/renames', []],
    ['/refreshes', []],
    ['/endless', []],
    ['/drops', ['1 click_id_lost click_id', '1 param_lost sub1']],
    ['/lowers', ['1 click_id_changed click_id']],
    ['/loops', ['0 loop']],
    ['/breaks', ['0 http_error']],
    ['/nowhere', ['0 http_error']],
    ['/headers', ['0 http_error']],
  ])('%s: %j', async (path, expected) => {
    expect(found(await check(await linkTo(path)))).toEqual(expected);
  });

  it('sees what is encoded twice', async () => {
    expect(found(await check(await linkTo('/encodes'), { query: { sub1: 'a/b' } }))).toEqual(['1 double_encoded sub1']);
  });

  it('does not wander about for ever', async () => {
    const answer = await check(await linkTo('/wanders'));
    expect(answer.hops).toHaveLength(10);
    expect(found(answer)).toEqual(['9 too_many_hops']);
  });

  it.each(['/inside', '/file', '/rubbish'])('goes nowhere that is not of the internet: %s', async (path) => {
    const answer = await check(await linkTo(path));
    expect(found(answer)).toContain('1 blocked');
    expect(answer.hops[1]).toMatchObject({ status: 0 });
    expect(answer.ok).toBe(false);
  });

  it('says when a server is not there', async () => {
    const link = await app.createLink({ url: 'https://does-not-exist.invalid-tld-of-ours/' });
    expect(found(await check(link))[0]).toMatch(/^0 (dns_error|connect_error|timeout)$/);
  });

  it('goes the way of the visitor that is described, with a click id that counts nowhere', async () => {
    const rules = [{ when: [{ field: 'device', op: 'in', values: ['mobile'] }], url: `${at}/breaks` }];
    const link = await app.createLink({ url: `${at}/end`, rules });
    expect(found(await check(link))).toEqual([]);
    const userAgent =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1';
    expect(found(await check(link, { userAgent }))).toEqual(['0 http_error']);
    // The last one was asked without it.
    const clickId = new URL(asked.at(-2) ?? '', at).searchParams.get('click_id') ?? '';
    expect(await app.goodPostback(await app.createNetwork(), `click_id=${clickId}`)).toMatchObject({ verdict: 'test' });
  });

  it('K11 tries a signed URL without the appended parameters, and says which works', async () => {
    const signed = `${at}/signed?X-Amz-Signature=abc`;
    const answer = await check(await app.createLink({ url: signed }));
    expect(found(answer)).toEqual(['0 http_error', '0 appended_refused']);
    expect(answer.withoutAppended).toEqual({ url: signed, status: 200, ok: true });
    const bare = await check(await app.createLink({ url: signed, clickIdParam: null, forwardQuery: 'none' }));
    expect(bare).toMatchObject({ ok: true, withoutAppended: null });
  });

  it('K11 tries without the appended parameters wherever a destination refuses them', async () => {
    expect(found(await check(await linkTo('/strict')))).toEqual(['0 http_error', '0 appended_refused']);
    const broken = await check(await linkTo('/breaks'));
    expect(broken.withoutAppended).toMatchObject({ url: `${at}/breaks`, status: 500, ok: false });
    expect(found(broken)).toEqual(['0 http_error']);
    expect((await check(await linkTo('/end'))).withoutAppended).toBeNull();
  });

  it('K11 says that an app opens a tel: URL, and asks for nothing', async () => {
    const answer = await check(await app.createLink({ url: 'tel:+15551234567' }));
    expect(answer).toMatchObject({ ok: false, hops: [], problems: [{ code: 'not_a_page' }] });
  });

  it('says when a link leads nowhere', async () => {
    const answer = await check(await app.createLink({ url: `${at}/end`, expiresAt: '2026-01-01' }));
    expect(answer).toMatchObject({ ok: false, hops: [], problems: [{ code: 'no_destination' }] });
  });

  it('refuses invalid fields of a visitor, and finds no link of another workspace', async () => {
    const link = await linkTo('/end');
    expectInvalid(await app.api('post', `/links/${link.id}/check`).send({ time: 'now' }), 'time');
    const { apiKey } = await app.createWorkspace();
    expectProblem(await app.api('post', `/links/${link.id}/check`, apiKey).send({}), 404);
    expectProblem(await app.api('post', '/links/lnk_0000000000000000000/check').send({}), 404);
  });

  itAsksForKeyAndScope(
    () => app,
    [
      ['post', '/links/lnk_x/check', 'links:write'],
      ['get', '/links/lnk_x/check', 'links:read'],
    ],
  );
});

describe('the last check of a link', () => {
  const last = async (id: string) => app.api('get', `/links/${id}/check`);

  it('is kept as it was answered, and replaced by the next one', async () => {
    const link = await app.createLink({ url: `${at}/keeps?a={sub1}` });
    const never = await last(link.id);
    expect([never.status, (never.body as { code: string }).code]).toEqual([404, 'not_checked']);
    const first = await check(link);
    expect(Math.abs(Date.parse(first.checkedAt) - Date.now())).toBeLessThan(60_000);
    expect((await last(link.id)).body).toEqual(first);
    await app.api('patch', `/links/${link.id}`).send({ url: `${at}/drops` });
    const second = await check(link);
    expect(second.problems.map(({ code }) => code)).toEqual(['insecure', 'click_id_lost', 'param_lost']);
    expect((await last(link.id)).body).toEqual(second);
    expect(await app.connection.collection<{ _id: string }>('linkChecks').countDocuments({ _id: link.id })).toBe(1);
  });

  it('is kept with its retry without the appended parameters', async () => {
    const link = await app.createLink({ url: `${at}/strict` });
    const checked = await check(link);
    expect(checked.withoutAppended).toMatchObject({ ok: true });
    expect((await last(link.id)).body).toEqual(checked);
  });

  it('is deleted with the link', async () => {
    const link = await app.createLink({ url: `${at}/end` });
    await check(link);
    await app.api('delete', `/links/${link.id}`);
    expectProblem(await last(link.id), 404);
    await app.api('post', `/links/${link.id}/restore`);
    expect(((await last(link.id)).body as { code: string }).code).toBe('not_checked');
  });

  it('belongs to its workspace', async () => {
    const link = await app.createLink({ url: `${at}/end` });
    await check(link);
    const { apiKey } = (await app.api('post', '/workspaces').send({ name: 'Other' })).body as { apiKey: string };
    expectProblem(await app.api('get', `/links/${link.id}/check`, apiKey), 404);
  });
});
