import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface ReadBody {
  body: Buffer;
  /** There was more, or it could not be unpacked. */
  truncated: boolean;
}

type Unpacker = ReturnType<typeof createGunzip>;

/** A Map, as the name comes from a foreign server: an object would also find `constructor` and `__proto__`. */
const UNPACKERS = new Map<string, () => Unpacker>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads a body up to `maxBytes`, of what came over the wire as well as of what it unpacks to, and no further. What is
 * packed in a way that we do not know is given as it came.
 * @throws whatever the stream fails with before the end, but for what is found out by unpacking.
 */
export async function readBody(source: Readable, encoding: string, maxBytes: number): Promise<ReadBody> {
  let unpacker: Unpacker | undefined;
  try {
    unpacker = UNPACKERS.get(encoding.trim().toLowerCase())?.();
    return unpacker === undefined ? await collect(source, maxBytes) : await unpack(source, unpacker, maxBytes);
  } finally {
    // Abandoned on purpose: what it has to say about that is of no interest.
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

/** Until a piece has been unpacked, or enough is known. A small piece may unpack to very much. */
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
