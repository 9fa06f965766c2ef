import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord } from './record.js';
import { listSegments, segmentSizeBytes } from './segments.js';
import { SpoolReader } from './spool-reader.js';
import { workerFolder } from './spool-root.js';
import { SpoolWriter, type SpoolWriterOptions } from './spool-writer.js';

let root: string;
let writers: SpoolWriter[];
let readers: SpoolReader[];
let troubles: Error[];
/** What a store would know: how far each segment is stored. */
let stored: Map<string, number>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hopback-spool-'));
  writers = [];
  readers = [];
  troubles = [];
  stored = new Map();
});
afterEach(async () => {
  for (const writer of writers) writer.close();
  for (const reader of readers) await reader.rewind();
  rmSync(root, { recursive: true, force: true });
});

function openWriter(options: Partial<SpoolWriterOptions> = {}, worker = 0): SpoolWriter {
  const writer = new SpoolWriter({
    folder: workerFolder(root, worker),
    durability: 'os',
    maxBytes: 1024 ** 3,
    onTrouble: (error) => troubles.push(error),
    ...options,
  });
  writers.push(writer);
  return writer;
}

function openReader(workers = 1): SpoolReader {
  const reader = new SpoolReader(root, workers, async (id) => stored.get(id) ?? 0);
  readers.push(reader);
  return reader;
}

/** @returns whether it is safe. */
const append = (writer: SpoolWriter, text: string): Promise<boolean> =>
  new Promise((resolve) => writer.append(text, resolve));
const appendAll = (writer: SpoolWriter, ...texts: string[]): Promise<boolean[]> =>
  Promise.all(texts.map((text) => append(writer, text)));

/** Reads what there is and takes it for stored. */
async function drain(reader: SpoolReader, limit = 1_000): Promise<string[]> {
  const read: string[] = [];
  for (let batch = await reader.next(limit); batch; batch = await reader.next(limit)) {
    read.push(...batch.payloads.map((bytes) => bytes.toString('latin1')));
    stored.set(batch.segmentId, batch.to);
  }
  reader.remove(reader.readToTheEnd());
  return read;
}

const segments = (worker = 0): string[] =>
  readdirSync(workerFolder(root, worker)).filter((name) => name.endsWith('.spool'));

describe('the spool', () => {
  it('has a record in its file when it says so', async () => {
    const writer = openWriter();
    await append(writer, 'one');
    expect(readFileSync(listSegments(workerFolder(root, 0))[0]?.path ?? '')).toEqual(encodeRecord('one'));
    expect(writer.recorded).toBe(1);
  });

  it('writes what comes in one turn with one call, and answers in order', async () => {
    let calls = 0;
    const writer = openWriter({
      write: ((...args: Parameters<typeof writeSync>) => {
        calls++;
        return writeSync(...args);
      }) as typeof writeSync,
    });
    const order: number[] = [];
    await Promise.all(Array.from({ length: 100 }, (_, i) => append(writer, `click ${i}`).then(() => order.push(i))));
    expect(calls).toBe(1);
    expect(order).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it.each(['os', 'disk'] as const)('gives back what was written, in order (%s)', async (durability) => {
    const writer = openWriter({ durability });
    const reader = openReader();
    await appendAll(writer, 'a', 'b');
    expect(await drain(reader)).toEqual(['a', 'b']);
    await appendAll(writer, 'c');
    expect(await drain(reader)).toEqual(['c']);
    expect(await drain(reader)).toEqual([]);
  });

  it('gives the same again until it is stored', async () => {
    const writer = openWriter();
    await appendAll(writer, 'a', 'b');
    const reader = openReader();
    expect((await reader.next(10))?.payloads.map(String)).toEqual(['a', 'b']);
    expect(await reader.next(10)).toBeUndefined();
    await reader.rewind();
    expect(await drain(reader)).toEqual(['a', 'b']);
    expect(await drain(openReader())).toEqual([]);
  });

  it('deletes a segment when it was read to its end and another has begun', async () => {
    const writer = openWriter();
    await append(writer, 'old');
    const reader = openReader();
    expect(await drain(reader)).toEqual(['old']);
    expect(segments()).toHaveLength(1);
    writer.close();
    await append(openWriter(), 'new');
    expect(await drain(reader)).toEqual(['new']);
    expect(segments()).toHaveLength(1);
  });

  it('rolls segments over by size', async () => {
    const writer = openWriter();
    const long = 'x'.repeat(8_000);
    for (let i = 0; i < 45; i++) await appendAll(writer, ...Array.from({ length: 50 }, () => long));
    expect(segments()).toHaveLength(2);
    expect(await drain(openReader())).toHaveLength(45 * 50);
    expect(segments()).toHaveLength(1);
  });

  it('reads the spools of all workers, and of those that are no more', async () => {
    for (const worker of [0, 1, 2]) await append(openWriter({}, worker), `of ${worker}`);
    writers.forEach((writer) => writer.close());
    expect((await drain(openReader(1))).sort()).toEqual(['of 0', 'of 1', 'of 2']);
    expect([segments(0), segments(1), segments(2)].map(({ length }) => length)).toEqual([1, 0, 0]);
  });

  it('is read to the end when a process died in the middle of a write, wherever that was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 30 }).map(clean), {
            minLength: 1,
            maxLength: 6,
          }),
          { minLength: 1, maxLength: 5 },
        ),
        fc.nat(),
        async (groups, cut) => {
          rmSync(root, { recursive: true, force: true });
          stored.clear();
          const first = openWriter();
          for (const group of groups) await appendAll(first, ...group);
          first.close();
          const [segment] = listSegments(workerFolder(root, 0));
          const size = segment ? segmentSizeBytes(segment) : 0;
          truncateSync(segment?.path ?? '', cut % (size + 1));
          const second = openWriter();
          await append(second, 'after the crash');
          const all = groups.flat();
          const read = await drain(openReader(), 3);
          expect(read.at(-1)).toBe('after the crash');
          expect(all.slice(0, read.length - 1)).toEqual(read.slice(0, -1));
          second.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('continues after a flipped bit', async () => {
    const writer = openWriter();
    await appendAll(writer, 'good', 'bad', 'fine');
    const [segment] = listSegments(workerFolder(root, 0));
    const bytes = readFileSync(segment?.path ?? '');
    bytes.writeUInt8(bytes.readUInt8(bytes.indexOf('bad')) ^ 1, bytes.indexOf('bad'));
    writeFileSync(segment?.path ?? '', bytes);
    const reader = openReader();
    const batch = await reader.next(10);
    expect(batch?.payloads.map(String)).toEqual(['good', 'fine']);
    expect(batch?.damaged).toBe(1);
  });
});

describe('a spool without room', () => {
  it('drops what does not fit under its limit, counts it, and continues when there is space again', async () => {
    const size = encodeRecord('x'.repeat(100)).length;
    const writer = openWriter({ maxBytes: 10 * size });
    for (let i = 0; i < 25; i++) await append(writer, 'x'.repeat(100));
    expect({ recorded: writer.recorded, dropped: writer.dropped }).toEqual({ recorded: 10, dropped: 15 });
    expect(troubles[0]?.message).toContain('limit');
    writer.close();
    openWriter().close(); // says that the segments before it are complete
    expect(await drain(openReader())).toHaveLength(10);
    const next = openWriter({ maxBytes: 10 * size });
    await append(next, 'room');
    expect(next.dropped).toBe(0);
  });

  it('answers every caller, and counts exactly, whenever and wherever a write fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 8 }), room: fc.option(fc.nat(400)) }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (groups) => {
          rmSync(root, { recursive: true, force: true });
          stored.clear();
          let room: number | null = null;
          // Writes in pieces as a file system may, and fails once the room that is left is used up.
          const write = (fd: number, bytes: Buffer, from: number, length: number): number => {
            if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
            const part = Math.min(length, 50, room ?? length);
            if (room !== null) room -= part;
            return writeSync(fd, bytes, from, part);
          };
          const writer = openWriter({ write: write as typeof writeSync });
          let sent = 0;
          let safe = 0;
          for (const group of groups) {
            room = group.room;
            const said = await appendAll(
              writer,
              ...Array.from({ length: group.size }, () => `click ${sent++} ${'.'.repeat(20)}`),
            );
            safe += said.filter((isSafe) => isSafe).length;
          }
          const { recorded, dropped } = writer;
          writer.close();
          const read = await drain(openReader(), 5);
          expect(recorded + dropped).toBe(sent);
          expect(read).toHaveLength(recorded);
          expect(safe).toBe(recorded);
          expect(new Set(read).size).toBe(recorded);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Text that a click may have. */
function clean(text: string): string {
  return text.replaceAll('\0', '.');
}
