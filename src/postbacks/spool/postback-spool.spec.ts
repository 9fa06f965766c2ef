import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { Quarantine } from '../../platform/spool/quarantine.js';
import { decodeRecords, encodeRecord, LARGE_RECORDS } from '../../platform/spool/record.js';
import { listSegments, newSegment } from '../../platform/spool/segments.js';
import { workerFolder } from '../../platform/spool/spool-root.js';
import { SpoolWriter } from '../../platform/spool/spool-writer.js';
import { type ApplyPostback, NeverApplicable, PostbackDrainer, type SpoolFolder } from './postback-drainer.js';
import { abandonedFolders, spoolFolder } from './spool-folders.js';
import { fateOf } from './fate-of-error.js';
import { decodePostback, encodePostback, type SpooledPostback } from './spooled-postback.js';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const anyPostback: fc.Arbitrary<SpooledPostback> = fc.record({
  postbackId: fc.uuid(),
  networkId: text,
  workspaceId: text,
  receivedAt: fc.date({ noInvalidDate: true }),
  method: fc.constantFrom('GET', 'POST'),
  query: text,
  body: text,
  contentType: text,
  headers: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,9}$/), fc.oneof(text, fc.array(text))),
  ip: text,
  origin: text,
});
const POSTBACK: SpooledPostback = {
  postbackId: 'pbk_1',
  networkId: 'net_1',
  workspaceId: 'wsp_1',
  receivedAt: new Date('2026-03-01T12:00:00Z'),
  method: 'GET',
  query: 'click_id=x',
  body: '',
  contentType: '',
  headers: {},
  ip: '203.0.113.9',
  origin: 'postback',
};
const numbered = (i: number): SpooledPostback => ({ ...POSTBACK, postbackId: `pbk_${i}` });

class Away extends Error {}

let root: string;
let opened: { writers: SpoolWriter[]; folders: SpoolFolder[] };
let applied: string[];
const quarantine = (): Quarantine => new Quarantine(join(root, 'quarantine'), LARGE_RECORDS);
const errors: object[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hopback-postback-spool-'));
  opened = { writers: [], folders: [] };
  applied = [];
  errors.length = 0;
});
afterEach(async () => {
  for (const writer of opened.writers) writer.close();
  for (const { reader } of opened.folders) await reader.rewind();
  rmSync(root, { recursive: true, force: true });
});

function openWriter(worker = 0, maxBytes = 1024 ** 3): SpoolWriter {
  const folder = workerFolder(root, worker);
  const writer = new SpoolWriter({
    folder,
    durability: 'os',
    maxBytes,
    format: LARGE_RECORDS,
    onTrouble: () => undefined,
  });
  opened.writers.push(writer);
  return writer;
}

function openFolder(worker = 0, isWritten = false): SpoolFolder {
  const folder = spoolFolder(workerFolder(root, worker), isWritten);
  opened.folders.push(folder);
  return folder;
}

function newDrainer(apply: ApplyPostback = async ({ postbackId }) => void applied.push(postbackId)): PostbackDrainer {
  return new PostbackDrainer({
    apply,
    fateOf: (error) => (error instanceof Away ? 'later' : error instanceof NeverApplicable ? 'never' : 'unknown'),
    quarantine: quarantine(),
    logger: { error: (details: object) => void errors.push(details), info: () => undefined, debug: () => undefined },
  });
}

const append = (writer: SpoolWriter, postback: SpooledPostback): Promise<boolean> =>
  new Promise((resolve) => writer.append(encodePostback(postback), resolve));
const appendAll = async (writer: SpoolWriter, from: number, to: number): Promise<void> => {
  for (let i = from; i < to; i++) await append(writer, numbered(i));
};
const idsOf = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `pbk_${from + i}`);
const segments = (worker = 0): string[] => listSegments(workerFolder(root, worker)).map(({ path }) => path);
const keptAside = (): string[] => {
  const file = readFileSync(quarantine().path);
  return decodeRecords(file, true, undefined, LARGE_RECORDS).payloads.map((bytes) => bytes.toString('utf8'));
};

describe('a spooled postback', () => {
  it('comes back as it was, without a NUL on the disk', () => {
    fc.assert(
      fc.property(anyPostback, (postback) => {
        const payload = encodePostback(postback);
        expect(payload).not.toContain('\0');
        expect(decodePostback(Buffer.from(payload, 'latin1'))).toEqual(postback);
      }),
    );
  });

  it('fits, however its body and headers look', () => {
    const worst = { ...POSTBACK, body: '\u0001'.repeat(64 * 1024), query: '"'.repeat(16_000) };
    const headers = { a: '\u0001'.repeat(16_000) };
    for (const body of [worst.body, '\ufffd'.repeat(64 * 1024), '"\\'.repeat(32 * 1024)]) {
      const payload = encodePostback({ ...worst, body, headers });
      expect(payload.length).toBeLessThanOrEqual(LARGE_RECORDS.maxPayloadBytes);
    }
  });

  it.each(['', 'null', '[]', '{}', '{"version":2}', JSON.stringify({ version: 1, ...POSTBACK, ip: 1 })])(
    'is not %j',
    (payload) => {
      expect(() => decodePostback(Buffer.from(payload))).toThrow();
    },
  );
});

describe('the drainer', () => {
  it('applies what was written, in order, and nothing twice', async () => {
    const writer = openWriter();
    const folder = openFolder(0, true);
    const drainer = newDrainer();
    await appendAll(writer, 0, 100);
    expect(await drainer.drain([folder])).toBe(true);
    await appendAll(writer, 100, 110);
    expect(await drainer.drain([folder])).toBe(true);
    expect(applied).toEqual(idsOf(0, 110));
    expect(folder.reader.backlogBytes()).toBe(0);
  });

  it('deletes a segment when all of it was applied and another has begun, and not before', async () => {
    await appendAll(openWriter(), 0, 3);
    const [first = ''] = segments();
    let isAway = true;
    const drainer = newDrainer(async ({ postbackId }) => {
      if (isAway && postbackId === 'pbk_2') throw new Away();
      applied.push(postbackId);
    });
    const folder = openFolder(0, true);
    expect(await drainer.drain([folder])).toBe(false);
    openWriter();
    expect(await drainer.drain([folder])).toBe(false);
    expect(segments()[0]).toBe(first);
    isAway = false;
    expect(await drainer.drain([folder])).toBe(true);
    expect(segments()).toHaveLength(1);
    expect(segments()).not.toContain(first);
    expect(new Set(applied)).toEqual(new Set(idsOf(0, 3)));
  });

  it('applies again what was applied when it could not be deleted any more', async () => {
    await appendAll(openWriter(), 0, 3);
    const [segment = ''] = segments();
    copyFileSync(segment, join(root, 'copy'));
    await newDrainer().drain([openFolder()]);
    expect(segments()).toEqual([]);
    copyFileSync(join(root, 'copy'), segment);
    await newDrainer().drain([openFolder()]);
    expect(applied).toEqual([...idsOf(0, 3), ...idsOf(0, 3)]);
    expect(segments()).toEqual([]);
  });

  it('loses nothing and keeps the order, wherever MongoDB goes away or the process dies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.record({ after: fc.nat(60), dies: fc.boolean() }), { maxLength: 8 }),
        async (sizes, troubles) => {
          rmSync(workerFolder(root, 0), { recursive: true, force: true });
          applied = [];
          let sent = 0;
          for (const size of sizes) {
            const writer = openWriter();
            await appendAll(writer, sent, (sent += size));
            writer.close();
          }
          let budget = 0;
          const apply: ApplyPostback = async ({ postbackId }) => {
            if (budget-- <= 0) throw new Away();
            applied.push(postbackId);
          };
          let folder = openFolder();
          for (const { after, dies } of troubles) {
            budget = after;
            if (dies) {
              await folder.reader.rewind();
              folder = openFolder();
            }
            await newDrainer(apply).drain([folder]);
          }
          budget = Number.POSITIVE_INFINITY;
          expect(await newDrainer(apply).drain([folder])).toBe(true);
          expect([...new Set(applied)]).toEqual(idsOf(0, sent));
          expect(segments()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('quarantines what can never be applied, and continues', async () => {
    await appendAll(openWriter(), 0, 4);
    const drainer = newDrainer(async ({ postbackId }) => {
      if (postbackId === 'pbk_1') throw new NeverApplicable('its network is gone');
      applied.push(postbackId);
    });
    expect(await drainer.drain([openFolder()])).toBe(true);
    expect(applied).toEqual(['pbk_0', 'pbk_2', 'pbk_3']);
    expect(drainer.figures).toEqual({ applied: 3, quarantined: 1, lost: 0, damaged: 0 });
    expect(keptAside().map((json) => (JSON.parse(json) as SpooledPostback).postbackId)).toEqual(['pbk_1']);
    expect(statSync(quarantine().path).mode & 0o777).toBe(0o600);
    expect(errors).toMatchObject([{ postbackId: 'pbk_1' }]);
  });

  it('quarantines what fails for an unknown reason, after some attempts', async () => {
    await appendAll(openWriter(), 0, 3);
    let attempts = 0;
    const drainer = newDrainer(async ({ postbackId }) => {
      if (postbackId === 'pbk_1') {
        attempts++;
        throw new Error('a bug');
      }
      applied.push(postbackId);
    });
    const folder = openFolder();
    for (let round = 0; round < 4; round++) expect(await drainer.drain([folder])).toBe(false);
    expect(drainer.figures.quarantined).toBe(0);
    expect(await drainer.drain([folder])).toBe(true);
    expect(attempts).toBe(5);
    expect(new Set(applied)).toEqual(new Set(['pbk_0', 'pbk_2']));
    expect(drainer.figures.quarantined).toBe(1);
  });

  it('S7 a record that fails for no known reason waits behind the others, of all folders', async () => {
    await appendAll(openWriter(0), 0, 40);
    await appendAll(openWriter(1), 40, 50);
    let isMended = false;
    const drainer = newDrainer(async ({ postbackId }) => {
      if (!isMended && postbackId === 'pbk_1') throw new Error('a bug');
      applied.push(postbackId);
    });
    const folders = [openFolder(0), openFolder(1)];
    expect(await drainer.drain(folders)).toBe(false);
    expect(applied).toEqual(idsOf(0, 50).filter((id) => id !== 'pbk_1'));
    expect(segments(0)).toHaveLength(1); // what is not settled is on the disk still
    expect(segments(1)).toEqual([]);
    isMended = true;
    expect(await drainer.drain(folders)).toBe(true);
    expect(applied.filter((id) => id === 'pbk_1')).toHaveLength(1);
    expect(segments(0)).toEqual([]);
  });

  it('S7 a record that waits is not lost when the process ends', async () => {
    await appendAll(openWriter(), 0, 3);
    await newDrainer(async ({ postbackId }) => {
      if (postbackId === 'pbk_1') throw new Error('a bug');
    }).drain([openFolder()]);
    expect(await newDrainer().drain([openFolder()])).toBe(true);
    expect(applied).toEqual(idsOf(0, 3));
  });

  it('S7 more failures than may wait end the round, and none is lost', async () => {
    await appendAll(openWriter(), 0, 200);
    let isMended = false;
    const drainer = newDrainer(async ({ postbackId }) => {
      if (!isMended) throw new Error('an outage that nobody knows');
      applied.push(postbackId);
    });
    const folder = openFolder();
    for (let round = 0; round < 3; round++) expect(await drainer.drain([folder])).toBe(false);
    expect(folder.postponed?.length ?? 0).toBeLessThanOrEqual(64);
    isMended = true;
    expect(await drainer.drain([folder])).toBe(true);
    expect(new Set(applied)).toEqual(new Set(idsOf(0, 200)));
    expect(drainer.figures.quarantined).toBe(0);
  });

  it('S7 loses nothing, whichever records fail how often, and wherever MongoDB goes away', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(6), { minLength: 1, maxLength: 80 }),
        fc.array(fc.nat(60), { maxLength: 4 }),
        async (failures, budgets) => {
          rmSync(root, { recursive: true, force: true });
          applied = [];
          const writer = openWriter();
          await appendAll(writer, 0, failures.length);
          writer.close();
          let budget = Number.POSITIVE_INFINITY;
          const left = new Map(failures.map((count, i) => [`pbk_${i}`, count]));
          const drainer = newDrainer(async ({ postbackId }) => {
            if (budget-- <= 0) throw new Away();
            const count = left.get(postbackId) ?? 0;
            left.set(postbackId, count - 1);
            if (count > 0) throw new Error('a bug');
            applied.push(postbackId);
          });
          const folder = openFolder();
          for (budget of budgets) await drainer.drain([folder]);
          budget = Number.POSITIVE_INFINITY;
          for (let round = 0; round < 40 && !(await drainer.drain([folder])); round++);
          const aside = drainer.figures.quarantined === 0 ? [] : keptAside();
          const ids = aside.map((json) => (JSON.parse(json) as SpooledPostback).postbackId);
          expect(new Set([...applied, ...ids])).toEqual(new Set(idsOf(0, failures.length)));
          expect(segments()).toEqual([]);
        },
      ),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) / 10 },
    );
  });

  it.each([
    ['a stack that ran out', new RangeError('Maximum call stack size exceeded'), 'never'],
    ['a value of another kind', new TypeError('x is not a function'), 'never'],
    ['a text that is none', new SyntaxError('Unexpected token'), 'never'],
    ['MongoDB away', new DatabaseTimeout(), 'later'],
    ['anything else', new Error('?'), 'unknown'],
  ])('S7 judges %s', (_, error, fate) => {
    expect(fateOf(error)).toBe(fate);
  });

  it('S7 says which postback is lost when there is no room to keep it aside', async () => {
    await appendAll(openWriter(), 0, 3);
    const full = new Quarantine(join(root, 'quarantine'), LARGE_RECORDS, { bytes: 1_000_000, records: 1 });
    const drainer = new PostbackDrainer({
      apply: () => Promise.reject(new NeverApplicable('gone')),
      fateOf,
      quarantine: full,
      logger: { error: (details: object) => void errors.push(details), info: () => undefined, debug: () => undefined },
    });
    expect(await drainer.drain([openFolder()])).toBe(true);
    expect(drainer.figures).toMatchObject({ quarantined: 1, lost: 2 });
    expect(errors[1]).toMatchObject({ postbackId: 'pbk_1', networkId: 'net_1', workspaceId: 'wsp_1' });
  });

  it('quarantines records that are not postbacks, skips damage and a torn end, and counts them', async () => {
    const record = (payload: string): Buffer => encodeRecord(payload, LARGE_RECORDS);
    const [one, two] = [record(encodePostback(numbered(1))), record(encodePostback(numbered(2)))];
    openWriter().close();
    const file = newSegment(workerFolder(root, 0), 2).path;
    writeFileSync(file, Buffer.concat([one, record('nonsense'), Buffer.alloc(30, 7), two, one.subarray(0, 20)]));
    const drainer = newDrainer();
    expect(await drainer.drain([openFolder()])).toBe(true);
    expect(applied).toEqual(['pbk_1', 'pbk_2']);
    expect(drainer.figures).toEqual({ applied: 2, quarantined: 1, lost: 0, damaged: 1 });
    expect(keptAside()).toEqual(['nonsense']);
    expect(segments()).toEqual([]);
  });

  it('continues although there is no space for the quarantine', async () => {
    await appendAll(openWriter(), 0, 2);
    writeFileSync(join(root, 'quarantine'), 'a file, where a folder should be');
    const drainer = newDrainer(async ({ postbackId }) => {
      if (postbackId === 'pbk_0') throw new NeverApplicable('gone');
      applied.push(postbackId);
    });
    expect(await drainer.drain([openFolder()])).toBe(true);
    expect(applied).toEqual(['pbk_1']);
    expect(JSON.stringify(errors)).not.toContain('click_id');
  });

  it('begins nothing more once it is stopped', async () => {
    await appendAll(openWriter(), 0, 5);
    const drainer = newDrainer(async ({ postbackId }) => {
      applied.push(postbackId);
      if (postbackId === 'pbk_1') drainer.stop();
    });
    expect(await drainer.drain([openFolder()])).toBe(false);
    expect(applied).toEqual(idsOf(0, 2));
    expect(segments()).toHaveLength(1);
  });

  it('takes over the folders of workers that are no more, and of no others', async () => {
    for (const worker of [0, 1, 2, 7]) {
      const writer = openWriter(worker);
      await append(writer, numbered(worker));
      writer.close();
    }
    const folders = abandonedFolders(root, 2);
    opened.folders.push(...folders);
    expect(await newDrainer().drain(folders)).toBe(true);
    expect(applied.sort()).toEqual(['pbk_2', 'pbk_7']);
    expect([0, 1, 2, 7].map((worker) => segments(worker).length)).toEqual([1, 1, 0, 0]);
    expect(abandonedFolders(root, 2)).toEqual([]);
    expect(abandonedFolders(join(root, 'nowhere'), 1)).toEqual([]);
  });
});

describe('the writer for postbacks', () => {
  it('says so when there is no room, and has room again when all was applied', async () => {
    const writer = openWriter(0, 4_096);
    const folder = openFolder(0, true);
    const said: boolean[] = [];
    for (let i = 0; i < 30; i++) said.push(await append(writer, numbered(i)));
    const safe = said.filter((isSafe) => isSafe).length;
    expect(safe).toBeGreaterThan(5);
    expect(said).toEqual(said.map((_, i) => i < safe));
    await newDrainer().drain([folder]);
    expect(applied).toEqual(idsOf(0, safe));
  });

  it('gives no other user access', async () => {
    await append(openWriter(), POSTBACK);
    expect(segments().map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    expect(readdirSync(root)).toEqual(['0']);
  });
});
