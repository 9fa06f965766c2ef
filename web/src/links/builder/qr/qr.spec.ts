import { encodeQR } from 'qr';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { checkQr, contrast, leastWidthCm } from './qr-checks';
import { drawQr, runsOf, toSvg } from './qr-drawing';
import { imageKind } from './qr-files';

const BLACK = { color: '#16181b', background: '#ffffff' };

describe('the checks of a code', () => {
  it('measure the contrast', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#ffffff', '#ffffff')).toBe(1);
    expect(checkQr({ ...BLACK, hasLogo: false, modules: 37 })[0]).toEqual({
      code: 'contrast',
      isGood: true,
      value: 17.8,
    });
  });

  it('refuse low contrast, and light on dark', () => {
    const grey = checkQr({ color: '#a0a0a0', background: '#ffffff', hasLogo: false, modules: 37 });
    expect(grey[0]).toMatchObject({ code: 'contrast', isGood: false });
    const inverted = checkQr({ color: '#ffffff', background: '#000000', hasLogo: false, modules: 37 });
    expect(inverted[0]).toMatchObject({ code: 'inverted', isGood: false });
  });

  it('say how much a logo covers, and from which width the code is read', () => {
    const checks = checkQr({ ...BLACK, hasLogo: true, modules: 37 });
    expect(checks.slice(1)).toEqual([
      { code: 'logo', isGood: true, value: 4 },
      { code: 'width', isGood: true, value: 2 },
    ]);
    expect(leastWidthCm(29)).toBe(1.5);
    expect(leastWidthCm(185)).toBe(9.5);
  });
});

describe('the drawing', () => {
  const text = 'https://go.brand.example/summer';

  it('has each dark module once, and can be read', async () => {
    const { svg, modules } = await drawQr(text, { ...BLACK, logo: null }, 512);
    expect(svg).toContain(`viewBox="0 0 ${modules} ${modules}"`);
    const dark = new Set<string>();
    for (const [, x = '', y = '', length = ''] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(length); i++) dark.add(`${Number(x) + i} ${y}`);
    }
    const scale = 4;
    const size = modules * scale;
    const data = new Uint8Array(size * size * 4).fill(255);
    for (const key of dark) {
      const [x = 0, y = 0] = key.split(' ').map(Number);
      for (let dy = 0; dy < scale; dy++) {
        for (let dx = 0; dx < scale; dx++) {
          data.fill(
            0,
            ((y * scale + dy) * size + x * scale + dx) * 4,
            ((y * scale + dy) * size + x * scale + dx) * 4 + 3,
          );
        }
      }
    }
    expect(decodeQR({ width: size, height: size, data })).toBe(text);
  });

  it('has the logo above the modules, and the strongest error correction', async () => {
    const logo = 'data:image/png;base64,AAAA';
    const { svg, modules } = await drawQr(text, { ...BLACK, logo }, 512);
    expect(svg).toContain(`href="${logo}"`);
    expect(modules).toBe(encodeQR(text, 'raw', { ecc: 'high', border: 4 }).length);
  });

  it('joins neighbours of a row', () => {
    expect(runsOf([true, true, false, true])).toEqual([
      [0, 2],
      [3, 1],
    ]);
    expect(toSvg([[true]], { ...BLACK, logo: null }, 64)).toContain('M4 4h1v1h-1z');
  });
});

it('knows images by their first bytes', () => {
  expect(imageKind(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
  expect(imageKind(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
  expect(imageKind(new TextEncoder().encode('<svg xmlns='))).toBeUndefined();
});
