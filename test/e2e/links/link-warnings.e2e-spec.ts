import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResponse } from '../../../src/links/bulk/link-bulk.dto.js';
import type { LinkImportResponse } from '../../../src/links/transfer/link-import.dto.js';
import type { LinkListResponse, LinkResponse } from '../../../src/links/links.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ env: { ALLOWED_SCHEMES: 'tel,sms,mailto,tg,myapp' } });
});
afterAll(() => app.close());

const OK = 'https://shop.example/lp';
const codes = ({ warnings }: Pick<LinkResponse, 'warnings'>): string[] => warnings.map(({ code }) => code);
const post = (fields: object) => app.api('post', '/links').send({ url: OK, ...fields });
const messageOf = async (fields: object): Promise<string> => {
  const { errors = [] } = expectProblem(await post(fields), 422);
  return errors.map(({ message }) => message).join(' | ');
};

describe('K11 warnings of a link', () => {
  it('stand in the answer to POST, PATCH, upsert and bulk, in GET and in the list', async () => {
    const bad = 'https://shop.example/?click_id=[clickid]';
    const expected = {
      code: 'foreign_macro',
      path: 'url',
      message: expect.stringContaining('write {click_id}'),
      suggestion: 'https://shop.example/?click_id={click_id}',
    };
    const made = await app.createLink({ url: bad, externalId: 'warned' });
    expect(made.warnings).toEqual([expected]);
    expect((await app.link(made.id)).warnings).toEqual([expected]);
    const list = (await app.api('get', '/links?search=clickid')).body as LinkListResponse;
    expect(list.data.map(({ warnings }) => warnings)).toEqual([[expected]]);

    const mended = await app.api('patch', `/links/${made.id}`).send({ url: made.warnings[0]?.suggestion });
    expect((mended.body as LinkResponse).warnings).toEqual([]);
    const upserted = await app.api('put', '/links/upsert').send({ externalId: 'warned', url: bad });
    expect((upserted.body as LinkResponse).warnings).toEqual([expected]);
    const bulk = (await app.api('post', '/links/bulk').send({ links: [{ url: OK }, { url: bad }] }))
      .body as BulkResponse;
    expect(bulk.results.map(({ link }) => link?.warnings)).toEqual([[], [expected]]);
    const items = [{ id: made.id, fallbackUrl: 'https://shop.example/?a=1&amp;b=2', url: OK }];
    const changed = (await app.api('patch', '/links/bulk').send({ items })).body as BulkResponse;
    expect(changed.results[0]?.link?.warnings).toMatchObject([{ code: 'html_entity', path: 'fallbackUrl' }]);
  });

  it('a literal click id of a click that really was', async () => {
    const { clickId } = await app.clickedLink();
    const link = await app.createLink({ url: `https://shop.example/?subid=${clickId}` });
    expect(link.warnings).toMatchObject([
      { code: 'literal_click_id', suggestion: 'https://shop.example/?subid={click_id}' },
    ]);
  });

  it.each<[name: string, fields: object, code: string]>([
    [
      'a literal value in the click-id parameter',
      { url: 'https://shop.example/?click_id=123' },
      'fixed_click_id_param',
    ],
    [
      'the same in the network’s parameter',
      { url: 'https://shop.example/?tid=x', clickIdParam: 'tid' },
      'fixed_click_id_param',
    ],
    ['%%CLICKID%%', { url: 'https://shop.example/?cid=%%CLICKID%%' }, 'foreign_macro'],
    ['%7Bclick_id%7D', { url: 'https://shop.example/?cid=%7Bclick_id%7D' }, 'foreign_macro'],
    ['<click_id>', { url: 'https://shop.example/?cid=<click_id>' }, 'foreign_macro'],
    ['*|CLICK_ID|*', { url: 'https://shop.example/?cid=*|CLICK_ID|*' }, 'foreign_macro'],
    ['${click_id}', { url: 'https://shop.example/?cid=${click_id}' }, 'foreign_macro'],
    ['&amp;', { url: 'https://shop.example/?a=1&amp;b=2' }, 'html_entity'],
    ['¤', { url: 'https://shop.example/?a=1¤cy=EUR' }, 'html_entity'],
    ['a signed URL', { url: 'https://b.s3.amazonaws.com/f?X-Amz-Signature=abc' }, 'signed_url'],
    ['tel:', { url: 'tel:+15551234567' }, 'nothing_appended'],
    ['a query behind the #', { url: 'https://shop.example/#/route?x=1' }, 'query_in_fragment'],
    ['an end in the past', { expiresAt: '2020-01-01' }, 'already_expired'],
    [
      'a macro in a rule',
      { rules: [{ when: [{ field: 'os', op: 'in', values: ['ios'] }], url: `${OK}?c=[click_id]` }] },
      'foreign_macro',
    ],
  ])('%s', async (_, fields, code) => {
    expect(codes(await app.createLink(fields as Record<string, unknown>))).toEqual([code]);
  });

  it('a limit that is used up', async () => {
    const link = await app.createLink({ clickLimit: 1 });
    expect(codes(await app.link(link.id))).toEqual([]);
    await app.click(link);
    expect((await app.link(link.id)).warnings).toMatchObject([{ code: 'limit_reached', path: 'clickLimit' }]);
    const raised = await app.api('patch', `/links/${link.id}`).send({ clickLimit: 2 });
    expect(codes(raised.body as LinkResponse)).toEqual([]);
  });

  it('stand in the dry run of an import as in the import itself', async () => {
    const csv =
      'url,slug,expiresAt\nhttps://shop.example/?cid=[click_id],imp-1,2020-01-01\nhttps://shop.example/,imp-2,\n';
    const run = async (query: string): Promise<string[][]> => {
      const response = await app.api('post', `/links/import${query}`).set('content-type', 'text/csv').send(csv);
      const { results } = response.body as LinkImportResponse;
      return results.map(({ warnings }) => warnings.map(({ code, path }) => `${code} ${path}`));
    };
    const expected = [['foreign_macro url', 'already_expired expiresAt'], []];
    expect(await run('?dryRun=true')).toEqual(expected);
    expect(await run('')).toEqual(expected);
    expect(await run('?dryRun=true&onConflict=update')).toEqual(expected);
    expect(await run('?onConflict=update')).toEqual(expected);
  });

  it('there is no warning for a link that works', async () => {
    for (const url of [
      OK,
      `${OK}?click_id={click_id}&s={sub1}`,
      `${OK}?tid={click_id}`,
      'https://my_shop.example.com/x',
    ]) {
      expect(codes(await app.createLink({ url }))).toEqual([]);
    }
  });
});

describe('K11 nothing is appended to', () => {
  it.each([
    ['tel:+15551234567', 'tel:+15551234567'],
    ['sms:+15551234567?body=Hi%20{sub1}', 'sms:+15551234567?body=Hi%20a%20b'],
    ['mailto:a@shop.example?subject=Hi', 'mailto:a@shop.example?subject=Hi'],
    ['tg://resolve?domain=bot&start=promo', 'tg://resolve?domain=bot&start=promo'],
    ['myapp:open', 'myapp:open'],
  ])('%s', async (url, location) => {
    for (const forwardQuery of ['fill', 'override']) {
      const link = await app.createLink({ url, forwardQuery });
      expect((await app.click(link, '?sub1=a%20b&utm_source=x')).headers['location']).toBe(location);
    }
  });

  it('but where a macro stands, also behind a rule and a fallback', async () => {
    const when = [{ field: 'bot', op: 'in', values: ['false'] }];
    const url = 'tg://resolve?domain=bot&start={click_id}';
    const link = await app.createLink({ rules: [{ when, url }] });
    expect((await app.click(link, '?a=b')).headers['location']).toMatch(/^tg:\/\/resolve\?domain=bot&start=\w{31}$/);
    const paused = await app.createLink({ paused: true, fallbackUrl: 'tel:+1555' });
    expect((await app.click(paused, '?a=b')).headers['location']).toBe('tel:+1555');
  });

  it('an app’s URL with a path has its parameters as before', async () => {
    const link = await app.createLink({ url: 'myapp://open/item' });
    expect((await app.click(link, '?a=b')).headers['location']).toMatch(/^myapp:\/\/open\/item\?click_id=\w{31}&a=b$/);
  });
});

describe('K11 what can only be wrong is refused, with what to write', () => {
  it.each([
    ['shop.example/page', 'write https://shop.example/page'],
    ['http:/shop.example/x', 'write http://shop.example/x'],
    ['https//shop.example/x', 'write https://shop.example/x'],
    ['htps://shop.example/x', 'did you mean https://shop.example/x'],
    ['https://https://shop.example/x', 'write https://shop.example/x'],
    ['shop.example:8080/x', 'did you mean https://shop.example:8080/x'],
    ['https://shop.example/a b', 'write %20'],
    [' https://shop.example/x', 'write https://shop.example/x'],
    ['https://shop.example/?a={', '%7B'],
    ['https://shop.example/?a=}', '%7D'],
    ['https://shop.example/?a={"b":1}', '%7B'],
    ['https://shop.example/?a={{click_id}}', 'write {click_id}'],
    ['https://shop.example/?a={clickid}', 'write {click_id}'],
    ['https://shop.example/?a={CLICK_ID}', 'write {click_id}'],
    ['https://shop.example/?a={ click_id }', 'write {click_id}'],
    ['https://shop.example/?a={!click_id}', 'write {click_id}'],
    ['https://shop.example/?a={click_id|0}', 'write {click_id}'],
    ['https://shop.example/?a={aff_sub2}', 'write {sub2}'],
    ['https://shop.example/?a={gclid}', 'write {query:gclid}'],
    ['https://shop.example/?a={contry}', 'write {country}'],
    ['https://shop.example/?a={}', '%7B'],
  ])('%s: %s', async (url, advice) => {
    expect(await messageOf({ url })).toContain(advice);
    expect(await messageOf({ fallbackUrl: url })).toContain(advice);
  });

  it.each([
    ['country', 'UK', 'write GB'],
    ['country', 'EU', 'AT, BE, BG'],
    ['country', 'XX', 'ISO 3166'],
    ['language', 'en_US', 'write en-US'],
    ['device', 'phone', 'write mobile'],
    ['os', 'iPhone', 'write iOS'],
    ['weekday', '0', 'write sun'],
    ['hour', '9am-5pm', 'write 9-17'],
    ['date', '01.12.2026', 'the year first'],
  ])('a rule on %s %s: %s', async (field, value, advice) => {
    const rules = [{ when: [{ field, op: 'in', values: [value] }], url: OK }];
    const response = await post({ rules });
    expectInvalid(response, 'rules.0.when');
    expect(await messageOf({ rules })).toContain(advice);
  });

  it('codes and names of rules are stored as they are written', async () => {
    const when = [
      { field: 'country', op: 'in', values: ['de', 'gb'] },
      { field: 'os', op: 'in', values: ['IOS'] },
      { field: 'language', op: 'in', values: ['en-US', 'EN'] },
    ];
    const link = await app.createLink({ rules: [{ when, url: OK }] });
    expect(link.rules[0]?.when.map(({ values }) => values)).toEqual([['DE', 'GB'], ['iOS'], ['en-US', 'EN']]);
  });

  it('a link that ends before it begins', async () => {
    expectInvalid(await post({ startsAt: '2030-02-01', expiresAt: '2030-01-01' }), 'expiresAt');
    expectInvalid(await post({ startsAt: '2030-01-01T00:00:00Z', expiresAt: '2030-01-01T00:00:00Z' }), 'expiresAt');
    const link = await app.createLink({ startsAt: '2030-01-01', expiresAt: '2030-01-01' });
    expectInvalid(await app.api('patch', `/links/${link.id}`).send({ expiresAt: '2029-01-01' }), 'expiresAt');
    expectInvalid(await app.api('patch', `/links/${link.id}`).send({ startsAt: '2031-01-01' }), 'startsAt');
    expect((await app.api('patch', `/links/${link.id}`).send({ title: 'x' })).status).toBe(200);
  });

  it('hosts with _ are destinations, but no domains', async () => {
    const link = await app.createLink({ url: 'https://my_shop.example.com/x' });
    expect((await app.click(link)).headers['location']).toMatch(/^https:\/\/my_shop\.example\.com\/x\?click_id=/);
    expectInvalid(await app.api('post', '/domains').send({ hostname: 'my_shop.example.com' }), 'hostname');
  });
});
