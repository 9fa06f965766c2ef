import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord } from './record.js';
import { SpoolReader } from './spool-reader.js';
import { listSegments, SpoolWriter } from './spool-writer.js';

let folder: string;
let damage: string[];
let writers: SpoolWriter[];
let readers: SpoolReader[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-spool-'));
  damage = [];
  writers = [];
  readers = [];
});
afterEach(async () => {
  for (const reader of readers) await reader.close();
  for (const writer of writers) writer.close();
  rmSync(folder, { recursive: true, force: true });
});

function openWriter(): SpoolWriter {
  const writer = new SpoolWriter(folder);
  writers.push(writer);
  return writer;
}

function openReader(writer: SpoolWriter): SpoolReader {
  const reader = new SpoolReader(folder, writer, (kind, count) => damage.push(`${kind} ${count}`));
  readers.push(reader);
  return reader;
}

async function drain(reader: SpoolReader): Promise<string[]> {
  const read: string[] = [];
  for (let batch = await reader.next(); batch; batch = await reader.next()) {
    read.push(...batch.payloads.map(String));
    batch.done();
  }
  return read;
}

const write = (writer: SpoolWriter, ...texts: string[]): Promise<unknown> =>
  Promise.all(texts.map((text) => writer.append(Buffer.from(text))));

describe('the spool', () => {
  it('has a record in its file when append resolves', async () => {
    const writer = openWriter();
    await write(writer, 'a', 'b');
    const [segment] = listSegments(folder);
    expect(readFileSync(segment?.path ?? '')).toEqual(
      Buffer.concat([encodeRecord(Buffer.from('a')), encodeRecord(Buffer.from('b'))]),
    );
  });

  it('is read while it is written, each record once', async () => {
    const writer = openWriter();
    const reader = openReader(writer);
    expect(await drain(reader)).toEqual([]);
    await write(writer, 'a');
    expect(await drain(reader)).toEqual(['a']);
    await write(writer, 'b', 'c');
    expect(await drain(reader)).toEqual(['b', 'c']);
    expect(reader.backlogBytes()).toBe(0);
  });

  it('gives a batch again until it is done', async () => {
    const writer = openWriter();
    const reader = openReader(writer);
    await write(writer, 'a');
    expect((await reader.next())?.payloads.map(String)).toEqual(['a']);
    expect(await drain(reader)).toEqual(['a']);
  });

  it('gives everything again to the next process, in order, and starts a new segment', async () => {
    await write(openWriter(), 'a', 'b');
    const writer = openWriter();
    await write(writer, 'c');
    expect(listSegments(folder)).toHaveLength(2);
    expect(await drain(openReader(writer))).toEqual(['a', 'b', 'c']);
    expect(listSegments(folder)).toHaveLength(1);
  });

  it('leaves nothing behind when it is closed and drained', async () => {
    const writer = openWriter();
    const reader = openReader(writer);
    await write(writer, 'a');
    const last = writer.append(Buffer.from('b'));
    writer.close();
    await last;
    expect(await drain(reader)).toEqual(['a', 'b']);
    expect(listSegments(folder)).toEqual([]);
  });

  it('reads up to a torn tail and goes on with the next segment', async () => {
    await write(openWriter(), 'a', 'torn');
    const [segment] = listSegments(folder);
    truncateSync(segment?.path ?? '', statSync(segment?.path ?? '').size - 1);
    const writer = openWriter();
    await write(writer, 'b');
    expect(await drain(openReader(writer))).toEqual(['a', 'b']);
    expect(damage).toEqual([]);
  });

  it('keeps aside a segment that can not be read on, and says so', async () => {
    await write(openWriter(), 'a');
    const [segment] = listSegments(folder);
    appendFileSync(segment?.path ?? '', Buffer.alloc(64, 0xff));
    const writer = openWriter();
    await write(writer, 'b');
    expect(await drain(openReader(writer))).toEqual(['a', 'b']);
    expect(damage).toEqual(['segment 1']);
    expect(readdirSync(join(folder, 'quarantine'))).toHaveLength(1);
  });

  it('skips and counts a record with a flipped bit', async () => {
    await write(openWriter(), 'a', 'b', 'c');
    const [segment] = listSegments(folder);
    const bytes = readFileSync(segment?.path ?? '');
    bytes.writeUInt8(bytes.readUInt8(17) ^ 1, 17); // the payload of "b"
    writeFileSync(segment?.path ?? '', bytes);
    expect(await drain(openReader(openWriter()))).toEqual(['a', 'c']);
    expect(damage).toEqual(['record 1']);
  });

  it('reads more than a chunk holds', async () => {
    const writer = openWriter();
    const texts = Array.from({ length: 3_000 }, (_, i) => `${i}-${'x'.repeat(500)}`);
    await write(writer, ...texts);
    expect(await drain(openReader(writer))).toEqual(texts);
  });
});
