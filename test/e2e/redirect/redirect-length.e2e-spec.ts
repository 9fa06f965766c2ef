import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulateResponse } from '../../../src/redirect/simulate/simulate.dto.js';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { eventually } from '../../support/eventually.js';
import { BROWSER, TestApp } from '../../support/test-app.js';

const MANY = `https://x.example/?a=${'{sub1}'.repeat(337)}`;

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const simulate = async (link: LinkResponse, query: Record<string, string>): Promise<SimulateResponse> =>
  (await app.api('post', `/links/${link.id}/simulate`).send({ query })).body as SimulateResponse;

/** Sent as it stands: other clients encode `<` themselves. */
async function ask(link: LinkResponse, rest: string): Promise<{ response: IncomingMessage; text: string }> {
  const path = `/${encodeURI(link.slug.replace('*', 'x'))}${rest}`;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${app.baseUrl}/`, { path, headers: { host: link.domain, 'user-agent': BROWSER } }, resolve).on(
      'error',
      reject,
    );
  });
  return { response, text: (await response.toArray()).join('') };
}

describe('S4 a redirect', () => {
  it('S4 is answered 414 where the destination would be too long, and is no click', async () => {
    const link = await app.createLink({ url: MANY });
    const { response, text } = await ask(link, `?sub1=${'<'.repeat(15_000)}`);
    expect([response.statusCode, response.headers.location]).toEqual([414, undefined]);
    expect(text).toContain('This address is too long');
    // One that is short enough is one; the other would have been stored before it.
    const led = await app.click(link, '?sub1=a');
    expect(led.status).toBe(302);
    await app.storedClick(new URL(led.headers['location'] ?? '').searchParams.get('click_id') ?? '');
    const { stats } = await eventually(
      () => app.link(link.id),
      ({ stats: { clicks } }) => clicks.total > 0,
    );
    expect(stats.clicks.total).toBe(1);
  });

  it('S4 goes without the visitor’s query where it would be too long with it', async () => {
    const link = await app.createLink({ url: 'https://x.example/' });
    const { response } = await ask(link, `?sub1=${'<'.repeat(5_000)}`);
    expect(response.statusCode).toBe(302);
    expect(response.headers.location).toMatch(/^https:\/\/x\.example\/\?click_id=\w+$/);
  });

  const variants = ['a', 'b'].map((name) => ({ name, url: MANY, weight: 1 }));
  const fields: [string, Record<string, unknown>][] = [
    ['plain', {}],
    ['with variants', { variants, referrerPolicy: 'strict-origin-when-cross-origin' }],
    ['wildcard', { slug: 's4/*', url: `https://x.example/${'$1/'.repeat(300)}` }],
    ['cloaked', { cloak: true }],
    ['override', { forwardQuery: 'override' }],
  ];
  it.each(fields)('S4 has at most 8 KB of headers, whatever is sent: %s', async (_, own) => {
    const link = await app.createLink({ url: MANY, ...own });
    const queries = [
      '',
      `?sub1=${'<'.repeat(15_000)}`,
      `?sub1=${'x'.repeat(20)}`,
      `?${'a=%3C&'.repeat(2_500)}`,
      `?${'<'.repeat(2_300)}`,
      ...('slug' in own ? ['y'.repeat(500), '%3C'.repeat(4_000)] : []),
    ];
    for (const query of queries) {
      const { response } = await ask(link, query);
      const size = response.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
      expect(size).toBeLessThan(8_192);
      expect([query.slice(0, 20), response.statusCode]).toEqual([
        query.slice(0, 20),
        expect.toBeOneOf([200, 302, 414]),
      ]);
    }
  });

  it('S4 is explained by simulate', async () => {
    const link = await app.createLink({ url: MANY });
    const long = await simulate(link, { sub1: '<'.repeat(1_000) });
    expect(long).toMatchObject({ location: null, stop: 'too_long' });
    expect(long.why.at(-1)).toContain('answered 414');
    const plain = await app.createLink({ url: 'https://x.example/?a={sub1}' });
    const cut = await simulate(plain, { sub1: 'x'.repeat(1_100) });
    expect(cut.why).toContain('{sub1} is cut to 1024 characters');
  });
});
