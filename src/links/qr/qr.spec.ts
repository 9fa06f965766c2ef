import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { renderAsync } from '@resvg/resvg-js';
import fc from 'fast-check';
import decodeQR from 'qr/decode.js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { mainThreadMs } from '../../../test/support/main-thread.js';
import { imageSize } from './image-size.js';
import { PngRenderer } from './png-renderer.service.js';
import { contrast, isReadable, MAX_LOGO_BYTES, parseColor, readLogo } from './qr-input.js';
import { leastQrSize, maxQrBytes, QR_LEVELS, type QrOptions, qrSvg } from './qr-svg.js';

const PLAIN: QrOptions = {
  text: 'https://go.example/summer',
  level: 'M',
  size: 512,
  margin: 4,
  color: '#000000',
  background: '#ffffff',
};

/** What a camera reads. */
const read = async (options: QrOptions): Promise<string> => {
  const { pixels, width, height } = await renderAsync(qrSvg(options));
  return decodeQR({ width, height, data: pixels });
};
const renderer = new PngRenderer();
afterAll(() => renderer.onApplicationShutdown());
const pngDataUrl = async (svg: string): Promise<string> =>
  `data:image/png;base64,${(await renderer.render('wsp_1', svg)).toString('base64')}`;
const SOLID =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#c00"/></svg>';

describe('a QR code', () => {
  it('is read as the text that it was made of, at each level', { timeout: 30_000 }, async () => {
    const texts = fc.webUrl({ withQueryParameters: true, size: 'small' });
    const property = fc.asyncProperty(texts, fc.constantFrom(...QR_LEVELS), async (text, level) => {
      expect(await read({ ...PLAIN, text, level })).toBe(text);
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it.each([
    { color: '#1d4ed8', background: '#fffbe6' },
    { margin: 1, size: 128 },
    { margin: 16, size: 600 },
    { text: 'https://go.example/%C3%A9t%C3%A9/%E5%A4%8F?source=flyer%201' },
  ])('is read in other clothes: %o', async (fields) => {
    const options = { ...PLAIN, ...fields };
    expect(await read(options)).toBe(options.text);
  });

  it.each([10, 60, 160])('is read with a logo in its middle, whatever the length: %i', async (length) => {
    const logo = await pngDataUrl(SOLID);
    const text = `https://go.example/${'a'.repeat(length)}`;
    const withLogo = qrSvg({ ...PLAIN, text, logo });
    expect(withLogo).toContain('<image');
    // The middle is the logo's color.
    const { pixels, width } = await renderAsync(withLogo);
    const middle = (Math.floor(width / 2) * width + Math.floor(width / 2)) * 4;
    expect([...pixels.subarray(middle, middle + 3)]).toEqual([0xcc, 0, 0]);
    expect(await read({ ...PLAIN, text, logo })).toBe(text);
  });

  it.each(QR_LEVELS)('takes as much as it can hold, and no more: %s', (level) => {
    const text = 'ä'.repeat(maxQrBytes(level) / 2);
    expect(qrSvg({ ...PLAIN, level, text })).toContain('<path');
    expect(() => qrSvg({ ...PLAIN, level, text: `${text}äa` })).toThrow();
  });

  it.each(QR_LEVELS)('K14 is read at its least size: %s', async (level) => {
    for (const text of ['https://go.example/a', `https://go.example/${'a'.repeat(150)}`]) {
      const options = { ...PLAIN, text, level };
      expect(await read({ ...options, size: leastQrSize(options) })).toBe(text);
    }
  });

  it('is the same text for the same options, and well below what a picture takes', () => {
    expect(qrSvg(PLAIN)).toBe(qrSvg({ ...PLAIN }));
    expect(qrSvg(PLAIN).length).toBeLessThan(10_000);
    expect(qrSvg({ ...PLAIN, color: '#111111' })).not.toBe(qrSvg(PLAIN));
  });
});

describe('colors', () => {
  it.each([
    ['#AABBCC', '#aabbcc'],
    ['aabbcc', '#aabbcc'],
    ['#abc', '#aabbcc'],
    ['abcd', undefined],
    ['red', undefined],
    ['#aabbcc"', undefined],
  ])('%s is %s', (text, color) => {
    expect(parseColor(text)).toBe(color);
  });

  it('are far enough apart, the modules darker than the ground', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#777777')).toBe(1);
    expect(isReadable('#000000', '#ffffff')).toBe(true);
    expect(isReadable('#ffffff', '#000000')).toBe(false);
    expect(isReadable('#aaaaaa', '#ffffff')).toBe(false);
    expect(isReadable('#ffff00', '#ffffff')).toBe(false);
  });
});

describe('readLogo', () => {
  const dataUrl = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;
  const png = pngOf(10, 10);
  const jpeg = jpegOf([10, 10]);
  const problem = (logo: string): unknown => {
    const read = readLogo(logo);
    return 'url' in read ? undefined : read;
  };

  it('takes a PNG and a JPEG', () => {
    expect(readLogo(dataUrl('png', png))).toEqual({ url: dataUrl('png', png) });
    expect(readLogo(dataUrl('jpeg', jpeg))).toEqual({ url: dataUrl('jpeg', jpeg) });
  });

  it.each([
    '',
    'https://i.example/logo.png',
    dataUrl('svg+xml', Buffer.from('<svg/>')),
    dataUrl('gif', Buffer.from('GIF89a')),
    dataUrl('webp', Buffer.from('RIFF')),
    dataUrl('png', jpeg),
    dataUrl('jpeg', png),
    dataUrl('png', Buffer.from('<svg/>')),
    dataUrl('png', Buffer.concat([png, randomBytes(MAX_LOGO_BYTES)])),
    `${dataUrl('png', png)}"/><script>`,
    dataUrl('png', pngOf(0, 10)),
    dataUrl('png', png.subarray(0, 20)),
    dataUrl('jpeg', jpeg.subarray(0, 10)),
  ])('names what is wrong', (logo) => {
    expect(problem(logo)).toMatchObject({ path: 'logo', code: 'not_a_logo' });
  });

  it.each([
    [1_025, 10],
    [10, 1_025],
    [3_000, 3_000],
    [40_000, 40_000],
    [0xffff_ffff, 0xffff_ffff],
  ])('S1 refuses a PNG of %i × %i by its header, and names the size', (width, height) => {
    const refused = problem(dataUrl('png', pngOf(width, height)));
    expect(refused).toMatchObject({ code: 'too_large' });
    expect((refused as { message: string }).message).toContain(`${width} × ${height} pixels; make it 1024 × 1024`);
  });

  it('S1 refuses a JPEG by the largest of its frames', () => {
    const small: [number, number] = [10, 10];
    expect(problem(dataUrl('jpeg', jpegOf([1_025, 10])))).toMatchObject({ code: 'too_large' });
    expect(problem(dataUrl('jpeg', jpegOf([65_535, 65_535])))).toMatchObject({ code: 'too_large' });
    expect(problem(dataUrl('jpeg', jpegOf(small, [5_000, 10])))).toMatchObject({ code: 'too_large' });
    expect(problem(dataUrl('jpeg', jpegOf([10, 5_000], small)))).toMatchObject({ code: 'too_large' });
  });

  it('S1 does not take the thumbnail within a JPEG for its size', () => {
    const thumbnail = jpegOf([100, 100]);
    const app1 = Buffer.concat([Buffer.from([0xff, 0xe1, 0, thumbnail.length + 2]), thumbnail]);
    const whole = Buffer.concat([jpeg.subarray(0, 2), app1, jpegOf([5_000, 10]).subarray(2)]);
    expect(imageSize(whole)).toEqual({ width: 5_000, height: 10 });
  });

  it('S1 leaves out what unpacks to megabytes and is no pixel', () => {
    const profile = Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(20_000_000))]);
    const [start, end] = [png.subarray(0, 33), png.subarray(33)];
    const bomb = Buffer.concat([start, chunkOf('iCCP', profile), chunkOf('zTXt', profile), end]);
    expect(readLogo(dataUrl('png', bomb))).toEqual({ url: dataUrl('png', png) });
  });

  it('S1 finds a size or none in any bytes', () => {
    const starts = fc.constantFrom(png.subarray(0, 30), jpeg.subarray(0, 4), Buffer.alloc(0));
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 100 }), (start, rest) => {
        expect(['object', 'undefined']).toContain(typeof imageSize(Buffer.concat([start, rest])));
        expect(readLogo(dataUrl('png', Buffer.concat([png.subarray(0, 33), start, rest])))).toHaveProperty('url');
      }),
    );
  });
});

describe('PngRenderer', () => {
  it('S1 renders in a process that is there only while it is needed', async () => {
    const own = new PngRenderer();
    expect(own.pid).toBeUndefined();
    const image = await own.render('wsp_1', qrSvg(PLAIN));
    expect(imageSize(image)).toEqual({ width: 512, height: 512 });
    expect(own.pid).toBeGreaterThan(0);
    own.onApplicationShutdown();
    expect(own.pid).toBeUndefined();
    expect(imageSize(await own.render('wsp_1', qrSvg(PLAIN)))).toEqual({ width: 512, height: 512 });
    own.onApplicationShutdown();
  });

  it('S1 renders again after the system has ended the process', async () => {
    const own = new PngRenderer();
    await own.render('wsp_1', qrSvg(PLAIN));
    const { pid = 0 } = own;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow());
    expect(imageSize(await own.render('wsp_1', qrSvg(PLAIN)))).toEqual({ width: 512, height: 512 });
    own.onApplicationShutdown();
  });

  it('S31 lets a few images of a workspace wait, and those of others go between', async () => {
    const order: string[] = [];
    const svg = qrSvg({ ...PLAIN, size: 256 });
    const render = (workspaceId: string): Promise<unknown> =>
      renderer.render(workspaceId, svg).then(() => order.push(workspaceId));
    const outcomes = await Promise.allSettled([...Array<string>(8).fill('a'), 'b', 'b'].map(render));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(refused).toHaveLength(3);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'too_many_requests', headers: { 'retry-after': '2' } });
    }
    expect(order.toSorted()).toEqual(['a', 'a', 'a', 'a', 'a', 'b', 'b']);
  });

  it('S1 goes on after what cannot be rendered', async () => {
    await expect(renderer.render('wsp_1', 'no svg')).rejects.toThrow();
    expect(imageSize(await renderer.render('wsp_1', qrSvg(PLAIN)))).toBeDefined();
  });

  it(
    'S31 takes nothing of the main thread for the largest code with the largest logo',
    { timeout: 20_000 },
    async () => {
      const logo = pngDataUrlOf(pngOf(1_024, 1_024, randomBytes(1_024 * 129)));
      const svg = qrSvg({ ...PLAIN, size: 2_048, logo });
      await renderer.render('wsp_1', svg);
      const used: number[] = [];
      for (let times = 0; times < 5; times++) {
        const before = mainThreadMs(process.pid);
        await renderer.render('wsp_1', svg);
        used.push(mainThreadMs(process.pid) - before);
      }
      expect(Math.min(...used)).toBeLessThan(25);
    },
  );
});

function pngDataUrlOf(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** A PNG of one bit a pixel; black unless its rows are given, each behind its filter's byte. */
function pngOf(width: number, height: number, rows?: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const isSmall = width * height < 2_000_000;
  const pixels =
    rows?.map((byte, i) => (i % 129 === 0 ? 0 : byte)) ??
    Buffer.alloc(isSmall ? (1 + Math.ceil(width / 8)) * height : 0);
  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([start, chunkOf('IHDR', header), chunkOf('IDAT', deflateSync(pixels)), chunkOf('IEND')]);
}

function chunkOf(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

function crc32(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** The headers of a JPEG with a start of frame for each size. */
function jpegOf(...frames: [width: number, height: number][]): Buffer {
  const headers = frames.map(([width, height]) => {
    const header = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
    header.writeUInt16BE(height, 5);
    header.writeUInt16BE(width, 7);
    return header;
  });
  const app0 = Buffer.from('\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1');
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app0, ...headers, Buffer.from([0xff, 0xd9])]);
}
