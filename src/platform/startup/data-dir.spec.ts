import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimDataDir } from './data-dir.js';
import { startMark } from './process-info.js';
import { StartupError } from './startup-error.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'hopback-data-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('claimDataDir', () => {
  it('creates the folder, and can be taken again after it was given back', () => {
    const nested = join(dir, 'a', 'b');
    claimDataDir(nested)();
    claimDataDir(nested)();
  });

  it('refuses a folder that another living process holds', () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], { stdio: 'ignore' });
    try {
      const pid = other.pid ?? 0;
      writeFileSync(join(dir, 'hopback.lock'), JSON.stringify({ pid, started: startMark(pid) }));
      expect(() => claimDataDir(dir)).toThrow(new RegExp(`in use by another Hopback \\(process ${pid}\\)`));
    } finally {
      other.kill('SIGKILL');
    }
  });

  it.each([
    ['a dead process', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
    ['a pid that another program has now', JSON.stringify({ pid: process.ppid, started: 'long ago' })],
    ['an earlier process with our own pid', JSON.stringify({ pid: process.pid, started: 'long ago' })],
    ['a half-written file', '{"pi'],
  ])('takes over the lock of %s', (_, content) => {
    writeFileSync(join(dir, 'hopback.lock'), content);
    claimDataDir(dir)();
  });

  it('says what to do when the folder cannot be made', () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect(() => claimDataDir(join(file, 'data'))).toThrow(StartupError);
    expect(() => claimDataDir(file)).toThrow(/cannot be written.*set DATA_DIR/);
  });

  it.runIf(process.platform !== 'win32').each([0o755, 0o775, 0o777, 0o750, 0o711])(
    'S28 closes an existing folder that is open to others, and says so (%i)',
    (mode) => {
      const open = join(dir, 'open');
      mkdirSync(open);
      chmodSync(open, mode);
      const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
      claimDataDir(open)();
      const said = write.mock.calls.map(([text]) => String(text)).join('');
      write.mockRestore();
      expect(statSync(open).mode & 0o777).toBe(0o700);
      expect(said).toMatch(
        new RegExp(`^• Data folder: ${open} was open to other users \\(mode 0${mode.toString(8)}\\)`),
      );
    },
  );

  it('S28 says nothing of a folder that was closed before', () => {
    const closed = join(dir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    claimDataDir(closed)();
    expect(write).not.toHaveBeenCalled();
    write.mockRestore();
  });
});
