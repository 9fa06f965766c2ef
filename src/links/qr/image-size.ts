export interface ImageSize {
  width: number;
  height: number;
}

const PNG_START = '\x89PNG\r\n\x1a\n';

/**
 * Width and height from the file's header, without decoding: a decoder allocates memory for that many pixels.
 * @returns `undefined` for a file without such a header.
 */
export function imageSize(bytes: Buffer): ImageSize | undefined {
  return bytes.subarray(0, PNG_START.length).toString('latin1') === PNG_START ? pngSize(bytes) : jpegSize(bytes);
}

function pngSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 33 || bytes.readUInt32BE(8) !== 13 || nameAt(bytes, 8) !== 'IHDR') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Start-of-frame markers (ITU T.81, table B.1): C0 to CF without DHT, JPG and DAC. */
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);
const END_OF_IMAGE = 0xd9;

/** The largest of all frames: with several frames, decoders differ in which one they use. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  let size: ImageSize | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    // Within the pixels of a scan, FF is followed by 00 or by a restart marker.
    const isMarker = bytes[at] === 0xff && marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7);
    if (!isMarker) {
      at++;
      continue;
    }
    if (marker === END_OF_IMAGE) break;
    if (marker === 0xd8 || marker === 0x01) {
      at += 2;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      if (at + 9 > bytes.length) return undefined;
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      size = { width: Math.max(width, size?.width ?? 0), height: Math.max(height, size?.height ?? 0) };
    }
    at += 2 + Math.max(bytes.readUInt16BE(at + 2), 2);
  }
  return size;
}

/** The chunks that a decoder needs for the pixels. Others (color profiles, texts) may unpack to any size. */
const KEPT_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'IDAT', 'IEND']);

/** Removes all chunks that the pixels do not need. */
export function withPixelsOnly(png: Buffer): Buffer {
  const kept: Buffer[] = [png.subarray(0, PNG_START.length)];
  for (let at = PNG_START.length; at + 12 <= png.length;) {
    const end = at + 12 + png.readUInt32BE(at);
    const name = nameAt(png, at);
    if (KEPT_CHUNKS.has(name)) kept.push(png.subarray(at, end));
    if (name === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

function nameAt(png: Buffer, chunk: number): string {
  return png.subarray(chunk + 4, chunk + 8).toString('latin1');
}
