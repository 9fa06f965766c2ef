import { LOGO_WIDTH } from './qr-checks';

// Draws the code of a link that is not saved yet. The server draws the same for saved links (src/links/qr/qr-svg.ts).

const MARGIN = 4;
/** The logo without its margin. */
const LOGO_IMAGE_WIDTH = 0.17;

export interface QrStyle {
  /** `#rrggbb` */
  color: string;
  background: string;
  /** A `data:` URL. */
  logo: string | null;
}

export interface QrDrawing {
  svg: string;
  /** Modules of one side, with the quiet zone. */
  modules: number;
}

/** Draws the code as SVG. The encoder is loaded when it is first needed. */
export async function drawQr(text: string, style: QrStyle, size: number): Promise<QrDrawing> {
  const { encodeQR } = await import('qr');
  const rows = encodeQR(text, 'raw', { ecc: style.logo === null ? 'medium' : 'high', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
  return { svg: toSvg(rows, style, size), modules: rows.length + 2 * MARGIN };
}

/** All dark modules as one path; the logo is a picture in the middle. */
export function toSvg(
  rows: readonly (readonly boolean[])[],
  { color, background, logo }: QrStyle,
  size: number,
): string {
  const width = rows.length + 2 * MARGIN;
  const path = rows.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x + MARGIN} ${y + MARGIN}h${length}v1h-${length}z`),
  );
  const picture = logo === null ? '' : logoAt(width / 2, rows.length, logo, background);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<rect width="${width}" height="${width}" fill="${background}"/><path fill="${color}" d="${path.join('')}"/>${picture}</svg>\n`
  );
}

/** The runs of dark modules in a row: where they begin, and their lengths. */
export function runsOf(row: readonly boolean[]): [x: number, length: number][] {
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
