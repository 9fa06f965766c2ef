import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type {
  UtmTemplateListResponse,
  UtmTemplateResponse,
} from '../../../src/links/utm-templates/utm-templates.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const UNKNOWN_ID = 'utm_00000000000000000000';
const OK = 'https://shop.example/';

let app: TestApp;
let other: { id: string; apiKey: string };
beforeAll(async () => {
  app = await TestApp.start();
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const post = (fields: object, key = app.apiKey) => app.api('post', '/utm-templates', key).send(fields);
const add = async (name: string, utm: object, key = app.apiKey): Promise<UtmTemplateResponse> => {
  const response = await post({ name, utm }, key);
  if (response.status !== 201) throw new Error(`template: ${response.status} ${response.text}`);
  return response.body as UtmTemplateResponse;
};
const patch = (id: string, fields: object, key = app.apiKey) =>
  app.api('patch', `/utm-templates/${id}`, key).send(fields);
const list = async (query = '', key = app.apiKey): Promise<UtmTemplateListResponse> =>
  (await app.api('get', `/utm-templates${query}`, key)).body as UtmTemplateListResponse;

describe('access to UTM templates', () => {
  itAsksForKeyAndScope(
    () => app,
    [
      ['get', '/utm-templates', 'links:read'],
      ['post', '/utm-templates', 'links:write'],
      ['get', `/utm-templates/${UNKNOWN_ID}`, 'links:read'],
      ['patch', `/utm-templates/${UNKNOWN_ID}`, 'links:write'],
      ['delete', `/utm-templates/${UNKNOWN_ID}`, 'links:write'],
    ],
  );

  it('is a 404 for an unknown id and another workspace’s, and leaves that as it is', async () => {
    const foreign = await add('Foreign', { source: 'x' }, other.apiKey);
    for (const id of [UNKNOWN_ID, 'nonsense', foreign.id]) {
      expectProblem(await app.api('get', `/utm-templates/${id}`), 404);
      expectProblem(await patch(id, { name: 'mine' }), 404);
      expectProblem(await app.api('delete', `/utm-templates/${id}`), 404);
    }
    expect((await list('', other.apiKey)).data).toEqual([foreign]);
  });
});

describe('a UTM template', () => {
  it('is made, read, changed and deleted, and each is in the audit log', async () => {
    const template = await add('Letters', { source: 'newsletter', campaign: '{campaign}', term: null });
    expect(template).toEqual({
      id: expect.stringMatching(/^utm_[0-9A-Za-z]{20}$/),
      name: 'Letters',
      utm: { source: 'newsletter', campaign: '{campaign}', term: null },
      createdAt: expect.any(String),
      updatedAt: template.createdAt,
    });
    expect((await app.api('get', `/utm-templates/${template.id}`)).body).toEqual(template);
    expect((await patch(template.id, { name: 'Mails' })).body).toMatchObject({ name: 'Mails', utm: template.utm });
    const changed = await patch(template.id, { utm: { medium: 'mail' } });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...template, name: 'Mails', utm: { medium: 'mail' }, updatedAt: expect.any(String) },
    ]);
    expect((await app.api('delete', `/utm-templates/${template.id}`)).status).toBe(204);
    expectProblem(await app.api('get', `/utm-templates/${template.id}`), 404);
    const { data } = (await app.api('get', `/audit-log?objectId=${template.id}`)).body as { data: object[] };
    expect(data).toMatchObject([
      { action: 'utm-template.deleted', before: { name: 'Mails' }, after: null },
      { action: 'utm-template.updated', before: { utm: template.utm }, after: { utm: { medium: 'mail' } } },
      { action: 'utm-template.updated', before: { name: 'Letters' }, after: { name: 'Mails' } },
      { action: 'utm-template.created', before: null, after: { name: 'Letters', utm: template.utm } },
    ]);
  });

  it('is listed in its workspace, newest first, page by page', async () => {
    const { apiKey } = await app.createWorkspace();
    const made = [];
    for (const name of ['one', 'two', 'three']) made.push(await add(name, { source: name }, apiKey));
    const first = await list('?limit=2', apiKey);
    const second = await list(`?limit=2&cursor=${first.page.nextCursor}`, apiKey);
    expect([...first.data, ...second.data]).toEqual(made.toReversed());
    expect(second.page).toEqual({ nextCursor: null, hasMore: false });
    expectInvalid(await app.api('get', '/utm-templates?limit=0&name=one'), 'limit', 'name');
  });

  it('has a name of its own in its workspace, however many try at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post({ name: 'Race', utm: { source: 'x' } })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    expectProblem(await post({ name: 'Race', utm: { source: 'y' } }), 409);
    const second = await add('Second', { source: 'x' });
    expectProblem(await patch(second.id, { name: 'Race' }), 409);
    expect((await app.api('get', `/utm-templates/${second.id}`)).body).toEqual(second);
    expect((await patch(second.id, { name: 'Second' })).status).toBe(200);
    await add('Race', { source: 'x' }, other.apiKey);
  });

  it('is refused by its fields', async () => {
    expectInvalid(await post({}), 'name', 'utm');
    expectInvalid(await post({ name: '', utm: [], id: 'utm_1' }), 'name', 'utm', 'id');
    expectInvalid(
      await post({ name: { $ne: 1 }, utm: { source: '', medium: 5, id: 'x' } }),
      'name',
      'utm.source',
      'utm.medium',
      'utm.id',
    );
    expectInvalid(await post({ name: 'None', utm: {} }), 'utm');
    const unknown = { source: '{nobody}', medium: '{sub1}', campaign: '{}', content: 'x'.repeat(200) };
    const { errors } = expectInvalid(await post({ name: 'Bad', utm: unknown }), 'utm.source', 'utm.campaign');
    expect(errors?.map(({ code }) => code)).toEqual(['unknown_macro', 'unknown_macro']);
    const half = { source: '', term: '\ud800' };
    expectInvalid(await post({ name: 'Half', utm: half }), 'utm.source', 'utm.term');
    const { id } = await add('Refused', { source: 'x' });
    expectInvalid(await patch(id, { name: null, utm: null, workspaceId: 'x' }), 'name', 'utm', 'workspaceId');
    expectInvalid(await patch(id, { utm: { source: '{nobody}' } }), 'utm.source');
  });

  it('is made once for an Idempotency-Key', async () => {
    const once = () => post({ name: 'Once', utm: { source: 'x' } }).set('idempotency-key', 'template-1');
    const [first, second] = [await once(), await once()];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  it('is in the export of its workspace, and goes with it', async () => {
    const { apiKey, id } = await app.createWorkspace();
    const template = await add('Exported', { source: 'x' }, apiKey);
    const { text } = await app.api('get', '/workspaces/export', apiKey);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { section: string; data: object });
    expect(lines.filter(({ section }) => section === 'utmTemplates')).toMatchObject([
      { data: { _id: template.id, name: 'Exported', utm: { source: 'x' } } },
    ]);
    const deletion = await app.api('delete', '/workspaces/current', apiKey).send({ confirm: 'Other' });
    expect(deletion.status).toBe(202);
    await app.finishDeletion(id);
    await expect
      .poll(() => app.connection.collection('utmTemplates').countDocuments({ workspaceId: id }), { timeout: 20_000 })
      .toBe(0);
  });
});

describe('utmTemplateId of a link', () => {
  const change = (link: LinkResponse, fields: object) => app.api('patch', `/links/${link.id}`).send(fields);

  it('puts the template’s values into the destination; what the link says itself goes before them', async () => {
    const { id } = await add('Ads', { source: 'ads', medium: 'cpc', campaign: '{campaign}', term: null });
    const link = await app.createLink({ url: `${OK}?utm_term=old&a=1`, campaign: 'S 26', utmTemplateId: id });
    expect(link.url).toBe(`${OK}?a=1&utm_source=ads&utm_medium=cpc&utm_campaign={campaign}`);
    expect((await app.click(link)).headers['location']).toContain('utm_campaign=S%2026');
    const own = await app.createLink({
      url: OK,
      utmTemplateId: id,
      utm: { source: 'own', medium: null, content: 'c' },
    });
    expect(own.url).toBe(`${OK}?utm_source=own&utm_campaign={campaign}&utm_content=c`);
    const plain = await app.createLink({ url: OK, utmTemplateId: null, utm: null });
    expect(plain.url).toBe(OK);
    expect((await change(plain, { utmTemplateId: id })).body).toMatchObject({
      url: `${OK}?utm_source=ads&utm_medium=cpc&utm_campaign={campaign}`,
    });
    const both = await change(plain, { url: `${OK}new`, utmTemplateId: id, utm: { campaign: 'x' } });
    expect(both.body).toMatchObject({ url: `${OK}new?utm_source=ads&utm_medium=cpc&utm_campaign=x` });
  });

  it('is good for upsert, bulk and all', async () => {
    const { id } = await add('Bulk', { source: 'bulk' });
    const upsert = { url: OK, externalId: 'with-template', utmTemplateId: id };
    for (const status of [201, 200]) {
      const { body, status: got } = await app.api('put', '/links/upsert').send(upsert);
      expect([got, body]).toEqual([status, expect.objectContaining({ url: `${OK}?utm_source=bulk` })]);
    }
    const bulk = await app.api('post', '/links/bulk').send({
      links: [
        { url: OK, utmTemplateId: id },
        { url: OK, utmTemplateId: UNKNOWN_ID },
      ],
    });
    expect(bulk.body).toMatchObject({
      results: [
        { status: 201, link: { url: `${OK}?utm_source=bulk` } },
        { status: 422, error: { errors: [{ path: 'utmTemplateId' }] } },
      ],
    });
    const changed = await app
      .api('patch', '/links/bulk')
      .send({ externalIds: ['with-template'], changes: { url: `${OK}2`, utmTemplateId: id } });
    expect(changed.body).toMatchObject({ results: [{ status: 200, link: { url: `${OK}2?utm_source=bulk` } }] });
  });

  it('binds the link to nothing: it stays as it is, whatever becomes of the template', async () => {
    const { id } = await add('Gone', { source: 'before' });
    const link = await app.createLink({ url: OK, utmTemplateId: id });
    expect(link).not.toHaveProperty('utmTemplateId');
    await patch(id, { utm: { source: 'after' } });
    expect((await change(link, { title: 'T' })).body).toMatchObject({ url: `${OK}?utm_source=before` });
    await app.api('delete', `/utm-templates/${id}`);
    expect((await change(link, { title: 'U' })).body).toMatchObject({ url: `${OK}?utm_source=before` });
  });

  it('must be one of this workspace, and is listed with all other errors', async () => {
    const foreign = await add('Not yours', { source: 'x' }, other.apiKey);
    const link = await app.createLink({ url: OK });
    for (const utmTemplateId of [foreign.id, UNKNOWN_ID, 'nonsense', link.id]) {
      const fields = { utmTemplateId, networkId: 'net_0', url: 'http://localhost/x' };
      expectInvalid(
        await app.api('post', '/links').send({ ...fields, domain: 'nobody.example' }),
        'utmTemplateId',
        'networkId',
        'url',
        'domain',
      );
      expectInvalid(await change(link, fields), 'utmTemplateId', 'networkId', 'url');
      expectInvalid(await change(link, { utmTemplateId }), 'utmTemplateId');
    }
    expectInvalid(await change(link, { utmTemplateId: { $ne: null } }), 'utmTemplateId');
    expectInvalid(await change(link, { utm: { source: '\ud800' } }), 'utm.source');
    expect((await app.link(link.id)).url).toBe(OK);
  });
});
