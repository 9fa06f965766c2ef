import { qrWords } from './qr-words';

/** The limits of the server for logos. */
const MAX_LOGO_BYTES = 200 * 1024;
const MAX_LOGO_PIXELS = 1_024;

/** The kind of an image by its first bytes, whatever its name says. */
export function imageKind(bytes: Uint8Array): 'png' | 'jpeg' | undefined {
  const begin = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (begin === '89504e470d0a1a0a') return 'png';
  return begin.startsWith('ffd8ff') ? 'jpeg' : undefined;
}

/** Reads a chosen file as a `data:` URL. @throws Error that says what is wrong with it */
export async function readLogo(file: Blob): Promise<string> {
  if (file.size > MAX_LOGO_BYTES) throw new Error(qrWords.logoTooLarge(Math.ceil(file.size / 1024)));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = imageKind(bytes);
  if (kind === undefined) throw new Error(qrWords.logoKind);
  const image = await createImageBitmap(new Blob([bytes], { type: `image/${kind}` })).catch(() => {
    throw new Error(qrWords.logoBroken);
  });
  const { width, height } = image;
  image.close();
  if (width > MAX_LOGO_PIXELS || height > MAX_LOGO_PIXELS) throw new Error(qrWords.logoPixels(width, height));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `data:image/${kind};base64,${btoa(binary)}`;
}

/** An SVG as PNG, drawn by the browser. */
export async function toPng(svg: string, size: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(size, size);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = size;
    canvas.height = size;
    canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error(qrWords.notDrawn)) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Offers a file for download. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // the browser reads it after the click
}
