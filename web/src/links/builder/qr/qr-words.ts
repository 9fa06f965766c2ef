import type { QrCheck } from './qr-checks';

const checks: Readonly<Record<QrCheck['code'], (value: number) => string>> = {
  contrast: (value) => `Contrast ${value.toFixed(1)} : 1`,
  inverted: () => 'The code is lighter than its background. Cameras expect dark on light.',
  logo: (value) => `Logo covers ${value} % of at most 12 %`,
  width: (value) => `Readable from ${value} cm wide`,
};

/** Texts of the QR code. */
export const qrWords = {
  title: 'QR code',
  checks,
  lowContrast: 'At least 3 : 1 is needed.',
  alt: (address: string) => `QR code of ${address}`,
  svg: 'SVG',
  png: 'PNG',
  downloadAs: (format: string) => `Download as ${format}`,
  style: 'Colours and logo',
  color: 'Code',
  background: 'Background',
  logo: 'Logo, PNG or JPEG up to 200 KiB',
  removeLogo: 'Remove the logo',
  notYet: 'The code appears with the short link.',
  ofSaved: 'Shows the saved short link. Save to renew it.',
  notDrawn: 'The code could not be drawn.',
  logoTooLarge: (kib: number) => `The logo has ${kib} KiB. At most 200 KiB are possible.`,
  logoKind: 'The logo is neither a PNG nor a JPEG image.',
  logoBroken: 'The image cannot be read. Save it again with an image editor.',
  logoPixels: (width: number, height: number) =>
    `The logo has ${width} × ${height} pixels. At most 1,024 × 1,024 are possible.`,
} as const;
