import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AbuseReportListResponse, AbuseReportResponse } from '../../../src/links/abuse/abuse-reports.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

const PROXY = {
  TRUSTED_PROXIES: '127.0.0.1',
  ABUSE_EMAIL: 'abuse@brand.example',
  ABUSE_CONTACT_URL: 'https://brand.example/a',
};

let app: TestApp;
let visitors = 0;

beforeAll(async () => {
  app = await TestApp.start({ env: PROXY });
});
afterAll(() => app.close());

const newAddress = (): string => `198.51.100.${++visitors}`;
const report = (link: LinkResponse, fields: Record<string, string>, address = newAddress()) =>
  app
    .plain('post', '/_/report')
    .set({ host: link.domain, 'x-forwarded-for': address })
    .type('form')
    .send({ slug: link.slug, reason: 'phishing', ...fields });
const list = async (query = '', key = app.apiKey): Promise<AbuseReportResponse[]> =>
  ((await app.api('get', `/abuse-reports${query}`, key)).body as AbuseReportListResponse).data;

itAsksForKeyAndScope(
  () => app,
  [
    ['get', '/abuse-reports', 'links:read'],
    ['post', '/abuse-reports/abr_0/resolve', 'links:write'],
  ],
);

describe('the form to report a link', () => {
  it('is there for a link that is, and names the contact', async () => {
    const link = await app.createLink();
    const { status, text, headers } = await app.plain('get', `/_/report?slug=${link.slug}`).set('host', link.domain);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect(text).toContain(`name="slug" value="${link.slug}"`);
    expect(text).toContain('href="mailto:abuse@brand.example"');
    expect(text).toContain('href="https://brand.example/a"');
    for (const slug of ['unknown', '', '_/report', '//x']) {
      expect((await app.plain('get', `/_/report?slug=${slug}`).set('host', link.domain)).status).toBe(404);
    }
  });

  it('stores what is wrong, for the workspace of the link only', async () => {
    const link = await app.createLink({ url: 'https://bad.example/?a={sub1}' });
    const other = await app.createWorkspace();
    const { status, text } = await report(link, { details: ' It asked for my <b>card</b>. ', email: 'a@b.example' });
    expect([status, text.includes('Thank you')]).toEqual([200, true]);
    expect(await list(`?linkId=${link.id}`)).toEqual([
      {
        id: expect.stringMatching(/^abr_/),
        linkId: link.id,
        address: `${link.domain}/${link.slug}`,
        url: link.url,
        reason: 'phishing',
        details: 'It asked for my <b>card</b>.',
        email: 'a@b.example',
        status: 'open',
        createdAt: expect.any(String),
        resolvedAt: null,
        note: null,
      },
    ]);
    expect(await list('', other.apiKey)).toEqual([]);
    expect((await app.click(link)).status).toBe(302); // a report stops nothing
  });

  it.each<Record<string, string>>([
    { reason: 'because' },
    { reason: '' },
    { email: 'nobody' },
    { details: 'x'.repeat(2_001) },
  ])('is shown again for what cannot be read: %o', async (fields) => {
    const link = await app.createLink();
    const { status, text } = await report(link, fields);
    expect([status, text.includes('role="alert"')]).toEqual([422, true]);
    expect(await list(`?linkId=${link.id}`)).toEqual([]);
  });

  it('is taken so often from one address, and then again from another', async () => {
    const link = await app.createLink();
    const address = newAddress();
    for (let i = 0; i < 10; i++) expect((await report(link, {}, address)).status).toBe(200);
    const { status, headers } = await report(link, {}, address);
    expect([status, Number(headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await report(link, {})).status).toBe(200);
    expect(await list(`?linkId=${link.id}`)).toHaveLength(11);
  });
});

describe('POST /abuse-reports/{id}/resolve', () => {
  it('marks it as dealt with', async () => {
    const link = await app.createLink();
    await report(link, {});
    const [open] = await list(`?linkId=${link.id}&status=open`);
    const path = `/abuse-reports/${open?.id}/resolve`;
    const { status, body } = await app.api('post', path).send({ note: 'Ours.' });
    const resolved = body as AbuseReportResponse;
    expect([status, resolved.status, resolved.note]).toEqual([200, 'resolved', 'Ours.']);
    expect(await list(`?linkId=${link.id}&status=open`)).toEqual([]);
    expect(await list(`?linkId=${link.id}&status=resolved`)).toEqual([resolved]);
    expect((await app.api('post', path).send({})).body).toEqual(resolved);
  });

  it('knows no other workspace’s, and takes nothing else', async () => {
    const link = await app.createLink();
    await report(link, {});
    const [open] = await list(`?linkId=${link.id}`);
    const { apiKey } = await app.createWorkspace();
    expectProblem(await app.api('post', `/abuse-reports/${open?.id}/resolve`, apiKey).send({}), 404);
    expectProblem(await app.api('post', '/abuse-reports/abr_0/resolve').send({}), 404);
    expectInvalid(await app.api('post', `/abuse-reports/${open?.id}/resolve`).send({ note: 1, x: 1 }), 'note', 'x');
    expectInvalid(await app.api('get', '/abuse-reports?status=new'), 'status');
  });
});
