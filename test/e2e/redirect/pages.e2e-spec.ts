import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, TestApp } from '../../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const visit = (path: string) => app.plain('get', path).set('user-agent', BROWSER);

describe('a link that leads nowhere', () => {
  it.each([
    ['is unknown', undefined, 404, 'There is no such link'],
    ['is not open yet', { startsAt: '2090-12-01T08:30:00Z' }, 404, '2090-12-01 at 08:30 UTC'],
    ['has expired', { expiresAt: '2026-01-01T00:00:00Z' }, 410, 'This link has expired'],
    ['is paused', { paused: true }, 404, 'There is no such link'],
  ])('says so when it %s', async (_, fields, status, text) => {
    const path = fields === undefined ? '/unknown' : `/${(await app.createLink(fields)).slug}`;
    const response = await visit(path);
    expect([response.status, response.headers['location']]).toEqual([status, undefined]);
    expect(response.text).toContain(text);
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    });
    const policy = response.headers['content-security-policy'];
    for (const part of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "style-src 'sha256-"]) {
      expect(policy).toContain(part);
    }
  });

  it('says so when it is used up', async () => {
    const { slug } = await app.createLink({ clickLimit: 1 });
    expect((await visit(`/${slug}`)).status).toBe(302);
    const { status, text } = await visit(`/${slug}`);
    expect([status, text.includes('This link is used up')]).toEqual([410, true]);
  });

  it('gives HEAD no page', async () => {
    const { status, text } = await app.plain('head', '/unknown');
    expect([status, text ?? '']).toEqual([404, '']);
  });
});

describe('what Hopback answers itself', () => {
  it('can be no slug', async () => {
    for (const slug of ['_', '_/unlock', '_a']) {
      expect((await app.api('post', '/links').send({ url: 'https://s.example/', slug })).status).toBe(422);
    }
  });

  it.each([
    ['get', '/_/unlock', 404],
    ['get', '/_/nothing', 404],
    ['post', '/_/nothing', 404],
  ] as const)('%s %s is a %i', async (method, path, status) => {
    expect((await app.plain(method, path)).status).toBe(status);
  });
});
