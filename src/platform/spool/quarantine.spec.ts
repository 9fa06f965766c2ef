import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Quarantine, QuarantineFull } from './quarantine.js';
import { LARGE_RECORDS, SMALL_RECORDS } from './record.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hopback-quarantine-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const payload = Buffer.from('x'.repeat(100));

describe.each([
  ['small', SMALL_RECORDS],
  ['large', LARGE_RECORDS],
])('S7 a quarantine of %s records', (_, format) => {
  it('takes no more bytes than it may, however many processes write to it', () => {
    const bounds = { bytes: 1_000, records: 1_000 };
    const [one, other] = [new Quarantine(folder, format, bounds), new Quarantine(folder, format, bounds)];
    expect(() => {
      for (let i = 0; i < 20; i++) (i % 2 === 0 ? one : other).add(payload);
    }).toThrow(QuarantineFull);
    expect(one.bytes()).toBe(statSync(one.path).size);
    expect(one.bytes()).toBeLessThanOrEqual(1_000);
    expect(one.bytes()).toBeGreaterThan(800);
  });

  it('takes no more records than it may, those of earlier runs and other processes counted', () => {
    const bounds = { bytes: 1_000_000, records: 5 };
    const first = new Quarantine(folder, format, bounds);
    for (let i = 0; i < 3; i++) first.add(payload);
    const second = new Quarantine(folder, format, bounds);
    second.add(payload);
    first.add(payload);
    expect(() => second.add(payload)).toThrow(QuarantineFull);
    expect(() => first.add(payload)).toThrow(/move it away/);
  });

  it('has room again once its file was moved away', () => {
    const quarantine = new Quarantine(folder, format, { bytes: 1_000_000, records: 1 });
    quarantine.add(payload);
    expect(() => quarantine.add(payload)).toThrow(QuarantineFull);
    rmSync(quarantine.path);
    expect(quarantine.bytes()).toBe(0);
    quarantine.add(payload);
  });
});
