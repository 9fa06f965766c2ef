/** Cameras read what is clearly darker than its ground; below this many fail (WCAG's measure of contrast). */
export const MIN_CONTRAST = 3;
export const MAX_LOGO_BYTES = 200 * 1024;

/** `#abc`, `abc` and `AABBCC` → `#aabbcc`; `undefined` for what is no color. */
export function parseColor(text: string): string | undefined {
  const [, digits] = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const six = digits.length === 6 ? digits : [...digits].map((digit) => digit + digit).join('');
  return `#${six.toLowerCase()}`;
}

/** How much two colors differ in lightness, 1 to 21, as WCAG 2 defines it. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Whether a camera can be expected to read it: dark on light, as the standard wants it, and enough of it. */
export function isReadable(color: string, background: string): boolean {
  return luminance(color) < luminance(background) && contrast(color, background) >= MIN_CONTRAST;
}

/** Why this `data:` URL is no logo; `undefined` when it is one. Only raster images: an SVG may load what it likes. */
export function logoProblem(dataUrl: string): string | undefined {
  const [, type, base64 = ''] = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? [];
  if (type === undefined) return 'it is a data: URL of a PNG or JPEG image in base64';
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_LOGO_BYTES) return `it has at most ${MAX_LOGO_BYTES / 1024} KiB`;
  const begin = bytes.subarray(0, 8).toString('latin1');
  const isWhatItSays = type === 'png' ? begin === '\x89PNG\r\n\x1a\n' : begin.startsWith('\xff\xd8\xff');
  return isWhatItSays ? undefined : `it does not begin as a ${type === 'png' ? 'PNG' : 'JPEG'} does`;
}

function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.039_28 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
