import { randomBytes } from 'node:crypto';
import { renderAsync } from '@resvg/resvg-js';
import fc from 'fast-check';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { pngOf } from './png.js';
import { contrast, isReadable, logoProblem, MAX_LOGO_BYTES, parseColor } from './qr-input.js';
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
const pngDataUrl = async (svg: string): Promise<string> =>
  `data:image/png;base64,${(await pngOf(svg)).toString('base64')}`;
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

describe('logoProblem', () => {
  const dataUrl = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(50)]);
  const jpeg = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(50)]);

  it('is none for a PNG and a JPEG', () => {
    expect(logoProblem(dataUrl('png', png))).toBeUndefined();
    expect(logoProblem(dataUrl('jpeg', jpeg))).toBeUndefined();
  });

  it.each([
    '',
    'https://i.example/logo.png',
    dataUrl('svg+xml', Buffer.from('<svg/>')),
    dataUrl('gif', Buffer.from('GIF89a')),
    dataUrl('png', jpeg),
    dataUrl('jpeg', png),
    dataUrl('png', Buffer.from('<svg/>')),
    dataUrl('png', Buffer.concat([png, randomBytes(MAX_LOGO_BYTES)])),
    `${dataUrl('png', png)}"/><script>`,
  ])('names what is wrong', (logo) => {
    expect(logoProblem(logo)).toBeTypeOf('string');
  });
});
