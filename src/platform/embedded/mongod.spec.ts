import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartupError } from '../startup/startup-error.js';
import { PortTakenError } from './free-port.js';
import { startMongod } from './mongod.js';
import { startRedis } from './redis-server.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hopback-mongod-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A server that writes this at once and ends. It notes each start. */
function failingServer(kind: string, output: string, exitCode: number) {
  const path = join(folder, kind);
  writeFileSync(join(folder, 'output'), output);
  writeFileSync(path, `#!/bin/sh\necho start >> ${folder}/starts\ncat ${folder}/output\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return { path, kind, version: '6.0.5' };
}

const starts = (): number => readFileSync(join(folder, 'starts'), 'utf8').split('\n').length - 1;
const log = (...entries: object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

describe('an embedded server that does not start', () => {
  it('says why in the words of mongod, however many lines come at once', async () => {
    const output = log(
      { s: 'I', msg: 'MongoDB starting' },
      { s: 'E', msg: 'DBException in initAndListen, terminating', attr: { error: 'Location28596: not writable' } },
      { s: 'I', msg: 'Now exiting' },
    );
    const refusal = startMongod(failingServer('mongod', output, 100), join(folder, 'db'));
    await expect(refusal).rejects.toThrow(StartupError);
    await expect(refusal).rejects.toThrow(
      `did not start on ${join(folder, 'db')}: DBException in initAndListen, terminating: Location28596: not writable`,
    );
    expect(starts()).toBe(1);
  });

  it('is started again on other ports while they are in use (mongod)', async () => {
    const error = { code: 9001, codeName: 'SocketException', errmsg: 'Address already in use' };
    const output = log({ s: 'E', msg: 'Error setting up listener', attr: { error } }, { s: 'I', msg: 'Now exiting' });
    const refusal = startMongod(failingServer('mongod', output, 48), join(folder, 'db'));
    await expect(refusal).rejects.toThrow(PortTakenError);
    expect(starts()).toBe(5);
  });

  it('is started again on other ports while they are in use, and keeps its data (Redis)', async () => {
    const output =
      '# Warning: Could not create server TCP listening socket 127.0.0.1:1: bind: Address already in use\n' +
      '# Failed listening on port 1 (tcp), aborting.\n';
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const refusal = startRedis(failingServer('redis', output, 1), join(folder, 'db'));
    await expect(refusal).rejects.toThrow(PortTakenError);
    expect(starts()).toBe(5);
    expect(write).not.toHaveBeenCalled();
  });
});
