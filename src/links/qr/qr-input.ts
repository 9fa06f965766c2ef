import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { imageSize, withPixelsOnly } from './image-size.js';

/** Minimum contrast by WCAG's measure. Below it many cameras fail to read the code. */
export const MIN_CONTRAST = 3;
export const MAX_LOGO_BYTES = 200 * 1024;
/** Maximum width and height. In a code of 2,048 pixels a logo has 350. */
export const MAX_LOGO_PIXELS = 1_024;

/** `#abc`, `abc` and `AABBCC` → `#aabbcc`; `undefined` for what is no color. */
export function parseColor(text: string): string | undefined {
  const [, digits] = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const six = digits.length === 6 ? digits : [...digits].map((digit) => digit + digit).join('');
  return `#${six.toLowerCase()}`;
}

/** The contrast ratio of two colors by WCAG 2, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** True when cameras can read the code: dark on light, as the standard requires, with enough contrast. */
export function isReadable(color: string, background: string): boolean {
  return luminance(color) < luminance(background) && contrast(color, background) >= MIN_CONTRAST;
}

/**
 * Reads a logo from its `data:` URL. Only raster images are accepted: an SVG may load other resources. The size is read
 * from the header: a small file may hold a picture that takes gigabytes.
 * @returns the image as a `data:` URL (a PNG with pixel chunks only), or the problem.
 */
export function readLogo(dataUrl: string): { url: string } | FieldProblem {
  const [, type, base64 = ''] = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? [];
  if (type === undefined) return notALogo('it is a data: URL of a PNG or JPEG image in base64');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_LOGO_BYTES) return notALogo(`it has at most ${MAX_LOGO_BYTES / 1024} KiB`);
  const begin = bytes.subarray(0, 8).toString('latin1');
  const hasDeclaredType = type === 'png' ? begin === '\x89PNG\r\n\x1a\n' : begin.startsWith('\xff\xd8\xff');
  if (!hasDeclaredType)
    return notALogo(`it is not a ${type === 'png' ? 'PNG' : 'JPEG'} image: its first bytes are wrong`);
  const size = imageSize(bytes);
  if (size === undefined || size.width === 0 || size.height === 0) {
    return notALogo('its width and height cannot be read: save it again with an image editor');
  }
  const { width, height } = size;
  if (width > MAX_LOGO_PIXELS || height > MAX_LOGO_PIXELS) {
    const message = `it is ${width} × ${height} pixels; make it ${MAX_LOGO_PIXELS} × ${MAX_LOGO_PIXELS} or smaller`;
    return { path: 'logo', code: 'too_large', message };
  }
  if (type === 'jpeg') return { url: dataUrl };
  return { url: `data:image/png;base64,${withPixelsOnly(bytes).toString('base64')}` };
}

function notALogo(message: string): FieldProblem {
  return { path: 'logo', code: 'not_a_logo', message };
}

function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.039_28 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
