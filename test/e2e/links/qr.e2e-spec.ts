import { renderAsync } from '@resvg/resvg-js';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import { TestApp } from '../../support/test-app.js';
import { itAsksForKeyAndScope } from '../../support/api/access.js';
import { expectInvalid, expectProblem } from '../../support/api/expect-problem.js';

let app: TestApp;
let link: LinkResponse;

beforeAll(async () => {
  app = await TestApp.start();
  link = await app.createLink({ slug: 'été', externalId: 'flyer' });
});
afterAll(() => app.close());

const qr = (query = '') => app.api('get', `/links/${link.id}/qr${query}`);
const scan = async (svg: string): Promise<string> => {
  const { pixels, width, height } = await renderAsync(svg);
  return decodeQR({ width, height, data: pixels });
};

itAsksForKeyAndScope(
  () => app,
  [
    ['get', '/links/lnk_0/qr', 'links:read'],
    ['post', '/links/lnk_0/qr', 'links:read'],
  ],
);

describe('GET /links/{id}/qr', () => {
  it('is the short link as SVG', async () => {
    const { status, headers, body } = await qr();
    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(await scan((body as Buffer).toString())).toBe(link.shortUrl);
  });

  it('wears what is asked for', async () => {
    const { body } = await qr('?size=300&margin=2&level=H&color=1d4ed8&background=%23fffbe6&source=flyer%201');
    const svg = (body as Buffer).toString();
    expect(svg).toContain('width="300" height="300"');
    expect(svg).toContain('fill="#1d4ed8"');
    expect(svg).toContain('fill="#fffbe6"');
    expect(await scan(svg)).toBe(`${link.shortUrl}?source=flyer+1`);
  });

  it('is a PNG, too, and found by externalId', async () => {
    const { status, headers, body } = await app.api('get', '/links/ext_flyer/qr?format=png&size=200');
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
    const png = body as Buffer;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([200, 200]);
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await qr();
    expect(headers['cache-control']).toBe('private, max-age=3600');
    expect((await qr().set('if-none-match', headers['etag'] ?? '')).status).toBe(304);
    expect((await qr('?size=100').set('if-none-match', headers['etag'] ?? '')).status).toBe(200);
  });

  it('names what it cannot do', async () => {
    expectInvalid(
      await qr('?format=gif&size=10&margin=99&level=X&color=red&background=1&x=1'),
      'format',
      'size',
      'margin',
      'level',
      'color',
      'background',
      'x',
    );
    const { errors } = expectInvalid(await qr('?color=ffff00'), 'color');
    expect(errors?.[0]?.code).toBe('low_contrast');
    expectProblem(await app.api('get', '/links/lnk_0/qr'), 404);
    const { apiKey } = await app.createWorkspace();
    expectProblem(await app.api('get', `/links/${link.id}/qr`, apiKey), 404);
  });

  it('K14 names the least size of a code that would have fewer than two pixels a module', async () => {
    const least = async (query: string): Promise<number> => {
      const { errors } = expectInvalid(await qr(`${query}&size=64`), 'size');
      expect(errors?.[0]?.code).toBe('too_small');
      return Number(/at least (\d+)/.exec(errors?.[0]?.message ?? '')?.[1]);
    };
    for (const query of ['?level=L', '?level=H', '?source=' + 'x'.repeat(64), '?format=png&margin=16']) {
      const size = await least(query);
      expect((await qr(`${query}&size=${size - 1}`)).status).toBe(422);
      const { status, body } = await qr(`${query}&size=${size}`);
      expect(status).toBe(200);
      if (!query.includes('png')) expect(await scan((body as Buffer).toString())).toContain(link.shortUrl);
    }
    expect(await least('?level=H')).toBeGreaterThan(await least('?level=L'));
    expectInvalid(await qr('?size=64&color=ffff00'), 'color', 'size');
  });

  it('K14 has a quiet zone of four modules, unless another is asked for', async () => {
    const zoneOf = async (query: string): Promise<number> => {
      const svg = ((await qr(query)).body as Buffer).toString();
      return Math.min(...[...svg.matchAll(/M(\d+) (\d+)h/g)].flatMap(([, x, y]) => [Number(x), Number(y)]));
    };
    expect([await zoneOf(''), await zoneOf('?margin=0'), await zoneOf('?margin=2')]).toEqual([4, 0, 2]);
  });

  it('says that a very long link fits into none', async () => {
    const { id } = await app.createLink({ slug: '🏖'.repeat(95) });
    expect((await app.api('get', `/links/${id}/qr`)).status).toBe(200);
    expectInvalid(await app.api('get', `/links/${id}/qr?level=H&source=${'%E5%A4%8F'.repeat(64)}`), 'level');
  });
});

describe('POST /links/{id}/qr', () => {
  const post = (body: object) => app.api('post', `/links/${link.id}/qr`).send(body);

  it('puts a logo into the middle, and is read all the same', async () => {
    const square =
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path fill="#c00" d="M0 0h40v40z"/></svg>';
    const png = Buffer.from((await renderAsync(square)).asPng()).toString('base64');
    const { status, body } = await post({ logo: `data:image/png;base64,${png}`, level: 'L' });
    const svg = (body as Buffer).toString();
    expect([status, svg.includes('<image ')]).toEqual([200, true]);
    expect(await scan(svg)).toBe(link.shortUrl);
  });

  it('S1 refuses a PNG of a few bytes that would be gigabytes, by its header', async () => {
    for (const format of ['png', 'svg']) {
      const response = await post({ format, logo: pngHeader(20_000, 20_000) });
      expectInvalid(response, 'logo');
      const [error] = (response.body as { errors: { code: string; message: string }[] }).errors;
      expect(error).toMatchObject({ code: 'too_large', message: expect.stringContaining('20000 × 20000') as string });
    }
  });

  it('S1 leaves out a logo that cannot be decoded', async () => {
    const { status, headers } = await post({ format: 'png', logo: pngHeader(10, 10) });
    expect([status, headers['content-type']]).toEqual([200, 'image/png']);
  });

  it('S1 S31 answers what is too much at once with 429, and makes the rest', async () => {
    const codes = Array.from({ length: 40 }, () => post({ format: 'png', size: 2_048 }));
    const answers = await Promise.all(codes);
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
    for (const { headers, body } of answers.filter(({ status }) => status === 429)) {
      expect(headers['retry-after']).toBe('2');
      expect((body as { detail: string }).detail).toContain('Other images of this workspace');
    }
    expect((await post({ format: 'png', size: 2_048 })).status).toBe(200);
  });

  it('takes no other logo', async () => {
    for (const logo of [
      'https://i.example/a.png',
      'data:image/svg+xml;base64,PHN2Zy8+',
      'data:image/png;base64,AAAA',
    ]) {
      expectInvalid(await post({ logo }), 'logo');
    }
    expectInvalid(await post({ logo: 1, x: 1 }), 'logo', 'x');
  });
});

/** A PNG that ends behind its header. */
function pngHeader(width: number, height: number): string {
  const header = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return `data:image/png;base64,${header.toString('base64')}`;
}
