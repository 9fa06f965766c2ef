import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
let other: { id: string; apiKey: string; hostname: string };
beforeAll(async () => {
  app = await TestApp.start({ env: { ALLOWED_SCHEMES: 'myapp', OUTBOUND_ALLOW: '127.0.0.1:9000' } });
  other = await app.createWorkspace();
});
afterAll(() => app.close());

const OK = 'https://shop.example/';
const post = (fields: object) => app.api('post', '/links').send({ url: OK, ...fields });
const codeOf = async (fields: object): Promise<string | undefined> => {
  const response = await post(fields);
  return response.status === 201 ? undefined : expectProblem(response, 422).errors?.[0]?.code;
};

describe('where a link may lead', () => {
  it.each([
    ['http://10.0.0.1/', 'private_host'],
    ['http://127.0.0.1:9001/', 'private_host'],
    ['http://127.0.0.1:9000/', undefined],
    ['http://localhost:1/', 'loop'],
    ['otherapp://open', 'scheme'],
    ['myapp://open/{sub1}', undefined],
    ['javascript:alert(1)', 'scheme'],
    ['https://a..b.example/', 'host'],
  ])('%s: %s', async (url, code) => {
    expect(await codeOf({ url })).toBe(code);
  });

  it('is no domain of short links, whosever it is', async () => {
    expect(await codeOf({ url: `https://${other.hostname}/x` })).toBe('loop');
    expect(await codeOf({ url: `https://sub.${other.hostname}/x` })).toBeUndefined();
  });

  it('is judged wherever it stands, all at once, at creation and later', async () => {
    const url = 'http://192.168.0.1/';
    const when = [{ field: 'country', op: 'in', values: ['DE'] }];
    const bad = {
      url,
      expiredUrl: url,
      fallbackUrl: url,
      rules: [
        { when, url },
        { when, variants: [{ url: OK }, { url }] },
      ],
      variants: [{ url }],
      preview: { image: url },
    };
    const paths = [
      'expiredUrl',
      'fallbackUrl',
      'preview.image',
      'rules.0.url',
      'rules.1.variants.1.url',
      'url',
      'variants.0.url',
    ];
    expectInvalid(await post(bad), ...paths);
    const link = await app.createLink();
    expectInvalid(await app.api('patch', `/links/${link.id}`).send(bad), ...paths);
    expect(await app.link(link.id)).toEqual(link);
    expect(await codeOf({ preview: { image: 'myapp:x' } })).toBe('scheme');
  });

  it('leads to an app by its scheme', async () => {
    const link = await app.createLink({ url: 'myapp://open/item' });
    expect((await app.click(link)).headers['location']).toMatch(/^myapp:\/\/open\/item\?click_id=/);
  });

  it('is shown as punycode, with a warning where it reads like something else', async () => {
    const link = await app.createLink({ url: 'https://аррӏе.com/', variants: [{ url: 'https://gооgle.com/' }] });
    expect(link.url).toBe('https://xn--80ak6aa92e.com/');
    expect(link.warnings.map(({ code }) => code)).toEqual(['lookalike', 'mixed_script']);
    expect((await app.createLink({ url: 'https://müller.example/' })).warnings).toEqual([]);
  });
});

describe('the blocklist', () => {
  const write = (text: string): void => writeFileSync(join(app.dataDir, 'blocklist.txt'), text);
  const read = (id: string): Promise<LinkResponse> => app.link(id);
  const PATIENCE = 15_000;
  /** By themselves, the list is read within two seconds and the links are checked a second later. */
  const apply = async (): Promise<void> => {
    await app.job('blocklist-reload').runNow();
    await app.job('link-scan').runNow();
  };

  it('stops a link that was deleted before it named it, and is had back', { timeout: 60_000 }, async () => {
    const link = await app.createLink({ url: 'https://later.example/' });
    await app.api('delete', `/links/${link.id}`);
    write('later.example\n');
    await eventually(
      () => codeOf({ url: 'https://later.example/' }),
      (code) => code === 'blocked',
      PATIENCE,
    );
    const restored = await app.api('post', `/links/${link.id}/restore`);
    expect((restored.body as LinkResponse).suspended).toEqual({ reason: 'blocklist', at: expect.any(String) });
    expect((await app.click(link)).status).toBe(403);
    rmSync(join(app.dataDir, 'blocklist.txt'));
  });

  it('suspends what it names, refuses it from then on, and lets it go again', { timeout: 60_000 }, async () => {
    const bad = await app.createLink({ url: 'https://www.harm.example/x' });
    const hidden = await app.createLink({ variants: [{ url: OK }, { url: 'https://half.example/phish/{sub1}' }] });
    const good = await app.createLink({ url: 'https://half.example/fine' });
    await app.click(bad);

    write('# lists\nharm.example\nhttps://half.example/phish\n');
    await apply();
    for (const { id } of [bad, hidden]) {
      const link = await eventually(
        () => read(id),
        ({ suspended }) => suspended !== null,
        PATIENCE,
      );
      expect(link.suspended).toEqual({ reason: 'blocklist', at: expect.any(String) });
    }
    expect((await read(good.id)).suspended).toBeNull();
    const page = await app.click(bad);
    expect(page.headers['location'] ?? '').not.toContain('harm.example');
    expect(await codeOf({ url: 'https://harm.example/' })).toBe('blocked');
    const found = (await app.api('get', '/links?suspended=true')).body as { data: LinkResponse[] };
    expect(found.data.map(({ id }) => id).sort()).toEqual([bad.id, hidden.id].sort());

    // A better destination frees it at once.
    const freed = await app.api('patch', `/links/${hidden.id}`).send({ variants: [{ url: OK }] });
    expect((freed.body as LinkResponse).suspended).toBeNull();
    const still = await app.api('patch', `/links/${bad.id}`).send({ title: 'x' });
    expect((still.body as LinkResponse).suspended).not.toBeNull();

    rmSync(join(app.dataDir, 'blocklist.txt'));
    await apply();
    await eventually(
      () => read(bad.id),
      ({ suspended }) => suspended === null,
      PATIENCE,
    );
    const answer = await eventually(
      () => app.click(bad),
      ({ headers }) => headers['location'] !== undefined,
    );
    expect(answer.headers['location']).toContain('https://www.harm.example/x');
  });
});
