/** The least contrast that the server accepts. Below it many cameras fail. */
const MIN_CONTRAST = 3;
/** Share of the code that a logo may cover: well below the 30 percent that error correction H restores. */
const MAX_LOGO_SHARE = 0.12;
/** Width of the logo with its margin, as a share of the code's width. The same as on the server. */
export const LOGO_WIDTH = 0.2;
/** Width of a module that common cameras tell apart at arm's length. */
const MODULE_MM = 0.5;

/** The contrast ratio of two colours (`#rrggbb`) by WCAG 2, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.039_28 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

export interface QrCheck {
  code: 'contrast' | 'inverted' | 'logo' | 'width';
  isGood: boolean;
  /** The ratio, the share in percent, or the width in centimetres. */
  value: number;
}

/**
 * The points that decide whether cameras read a code.
 * @param modules modules of one side, with the quiet zone
 */
export function checkQr({
  color,
  background,
  hasLogo,
  modules,
}: {
  color: string;
  background: string;
  hasLogo: boolean;
  modules: number;
}): QrCheck[] {
  const ratio = contrast(color, background);
  const isInverted = luminance(color) >= luminance(background);
  const share = LOGO_WIDTH ** 2;
  const isContrasting = ratio >= MIN_CONTRAST;
  return [
    isInverted
      ? { code: 'inverted', isGood: false, value: ratio }
      : // A ratio that is too small is not rounded up to one that suffices.
        { code: 'contrast', isGood: isContrasting, value: (isContrasting ? Math.round : Math.floor)(ratio * 10) / 10 },
    ...(hasLogo ? [{ code: 'logo' as const, isGood: share <= MAX_LOGO_SHARE, value: Math.round(share * 100) }] : []),
    { code: 'width', isGood: true, value: leastWidthCm(modules) },
  ];
}

/** The least printed width in centimetres, rounded up to half ones. */
export function leastWidthCm(modules: number): number {
  return Math.ceil((modules * MODULE_MM) / 5) / 2;
}
