import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface ReadBody {
  body: Buffer;
  /** The body was longer, or could not be decompressed. */
  truncated: boolean;
}

type Unpacker = ReturnType<typeof createGunzip>;

/** A Map, because the name comes from another server: an object would also find `constructor` and `__proto__`. */
const UNPACKERS = new Map<string, () => Unpacker>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads at most `maxBytes` of a body, both compressed and decompressed. A body with an unknown encoding is returned
 * unchanged.
 * @throws errors of the stream before its end, but not those of decompression.
 */
export async function readBody(source: Readable, encoding: string, maxBytes: number): Promise<ReadBody> {
  let unpacker: Unpacker | undefined;
  try {
    unpacker = UNPACKERS.get(encoding.trim().toLowerCase())?.();
    return unpacker === undefined ? await collect(source, maxBytes) : await unpack(source, unpacker, maxBytes);
  } finally {
    // Aborted on purpose, so its error is ignored.
    source.on('error', () => undefined).destroy();
    unpacker?.destroy();
  }
}

async function collect(source: Readable, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return cut(chunks, maxBytes, size > maxBytes);
}

async function unpack(source: Readable, unpacker: Unpacker, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isBroken = false;
  unpacker.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) unpacker.pause();
  });
  unpacker.on('error', () => (isBroken = true));
  const isOver = (): boolean => isBroken || size > maxBytes;
  let packed = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    packed += chunk.length;
    if (packed > maxBytes) isBroken = true;
    if (isOver()) break;
    await fed(unpacker, chunk, isOver);
  }
  if (!isOver()) await ended(unpacker, isOver);
  return cut(chunks, maxBytes, isOver());
}

/** Resolves when a piece has been decompressed, or the limit is reached. A small piece may expand to very much. */
async function fed(unpacker: Unpacker, chunk: Buffer, isOver: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      unpacker.off('data', look).off('error', settle);
      resolve();
    };
    const look = (): void => {
      if (isOver()) settle();
    };
    unpacker.on('data', look).on('error', settle);
    unpacker.write(chunk, settle);
  });
}

async function ended(unpacker: Unpacker, isOver: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    unpacker.on('end', resolve).on('error', () => resolve());
    unpacker.on('data', () => {
      if (isOver()) resolve();
    });
    unpacker.end();
  });
}

function cut(chunks: Buffer[], maxBytes: number, truncated: boolean): ReadBody {
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), truncated };
}
