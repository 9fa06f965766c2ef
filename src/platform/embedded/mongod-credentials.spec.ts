import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongodCredentials, mongodUri } from './mongod-credentials.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hopback-credentials-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('mongodCredentials', () => {
  it('S13 makes a secret of 256 bits that only its owner may read, and finds it again', () => {
    const made = mongodCredentials(folder);
    expect(made.key).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(made.keyFile).mode & 0o777).toBe(0o600);
    expect(mongodCredentials(folder)).toEqual(made);
    expect(readdirSync(folder)).toEqual(['hopback-key']);
  });

  it('S13 makes another one for each folder, and another password than the key', () => {
    const first = mongodCredentials(folder);
    rmSync(first.keyFile);
    const second = mongodCredentials(folder);
    expect(new Set([first.key, first.password, second.key, second.password]).size).toBe(4);
  });

  it.each([
    ['an empty file', ''],
    ['half a key', 'abc123'],
    ['something else', 'x'.repeat(64)],
  ])('S13 makes a new secret where a kill or a copy has left %s', (_, content) => {
    writeFileSync(join(folder, 'hopback-key'), content);
    writeFileSync(join(folder, 'hopback-key.half'), 'abc');
    const { key } = mongodCredentials(folder);
    expect(readFileSync(join(folder, 'hopback-key'), 'utf8')).toBe(`${key}\n`);
  });

  it('S13 closes the file again when a copy has opened it to others', () => {
    const { keyFile } = mongodCredentials(folder);
    chmodSync(keyFile, 0o644);
    mongodCredentials(folder);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  });

  it('S13 says what to do when the file cannot be used', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    expect(() => mongodCredentials(folder)).toThrow(
      /hopback-key cannot be used \(ENOTDIR\): it must belong to the user/,
    );
  });

  it('is put into a URI without the key', () => {
    const credentials = mongodCredentials(folder);
    const uri = mongodUri('127.0.0.1:27017', credentials, 'rs');
    expect(new URL(uri).password).toBe(credentials.password);
    expect(uri).not.toContain(credentials.key);
  });
});
