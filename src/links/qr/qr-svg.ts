import { encodeQR } from 'qr';

/** Error correction levels. A code is readable with 7, 15, 25 or 30 percent of it lost. */
export const QR_LEVELS = ['L', 'M', 'Q', 'H'] as const;
export type QrLevel = (typeof QR_LEVELS)[number];

/** Number of bytes in a code of the largest version (ISO/IEC 18004, table 7). */
const CAPACITY: Record<QrLevel, number> = { L: 2_953, M: 2_331, Q: 1_663, H: 1_273 };

export function maxQrBytes(level: QrLevel): number {
  return CAPACITY[level];
}

const ECC = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const;
/** Minimum width of a module. */
const MIN_MODULE_PIXELS = 2;
/** Share of the code's width for a logo and its margin. With level H the code stays readable. */
const LOGO_WIDTH = 0.2;
const LOGO_IMAGE_WIDTH = 0.17;

export interface QrOptions {
  text: string;
  level: QrLevel;
  /** Width of the picture in pixels. */
  size: number;
  /** Width of the quiet zone, in modules. */
  margin: number;
  /** `#rrggbb` */
  color: string;
  background: string;
  /** A `data:` URL of an image. */
  logo?: string | undefined;
}

/**
 * A QR code as SVG: all dark modules are one path. The same options give the same text.
 * @throws RangeError for a text of more than `maxQrBytes`; with a logo the level is H.
 */
export function qrSvg(options: QrOptions): string {
  const { size, margin, color, background, logo } = options;
  const rows = modulesOf(options);
  const width = rows.length + 2 * margin;
  const path = rows.flatMap((row, y) =>
    runs(row).map(([x, length]) => `M${x + margin} ${y + margin}h${length}v1h-${length}z`),
  );
  const picture = logo === undefined ? '' : logoAt(width / 2, rows.length, logo, background);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${width}" fill="${background}"/><path fill="${color}" d="${path.join('')}"/>${picture}</svg>\n`
  );
}

/** Minimum width in pixels at which cameras can distinguish the modules. @throws RangeError as `qrSvg`. */
export function leastQrSize(options: Pick<QrOptions, 'text' | 'level' | 'margin'>): number {
  return (modulesOf(options).length + 2 * options.margin) * MIN_MODULE_PIXELS;
}

function modulesOf({ text, level, logo }: Pick<QrOptions, 'text' | 'level' | 'logo'>): boolean[][] {
  return encodeQR(text, 'raw', { ecc: ECC[logo === undefined ? level : 'H'], border: 1 }) // the minimum of the library
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
}

/** The runs of adjacent dark modules in a row. */
function runs(row: readonly boolean[]): [x: number, length: number][] {
  const found: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = found.at(-1);
    if (!isDark) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1]++;
    else found.push([x, 1]);
  }
  return found;
}

function logoAt(center: number, modules: number, logo: string, background: string): string {
  const square = (part: number): string => {
    const width = round(modules * part);
    const from = round(center - width / 2);
    return `x="${from}" y="${from}" width="${width}" height="${width}"`;
  };
  return `<rect ${square(LOGO_WIDTH)} fill="${background}"/><image ${square(LOGO_IMAGE_WIDTH)} href="${logo}"/>`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
