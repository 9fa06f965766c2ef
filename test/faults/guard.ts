import { spawn } from 'node:child_process';

/**
 * A separate process that waits until its pipe to the test is closed, which the kernel does even after a crash. Then it kills
 * all processes in the folder and removes it, so an interrupted run leaves no frozen mongod.
 */
export function guardFolder(folder: string): void {
  const script = `
    const { readdirSync, readFileSync, readlinkSync, rmSync } = require('node:fs');
    const [folder] = process.argv.slice(1);
    const read = (work) => { try { return work(); } catch { return ''; } };
    process.stdin.resume().on('end', () => {
      for (const pid of readdirSync('/proc').filter((name) => /^\\d+$/.test(name) && Number(name) !== process.pid)) {
        const command = read(() => readFileSync('/proc/' + pid + '/cmdline', 'utf8'));
        const cwd = read(() => readlinkSync('/proc/' + pid + '/cwd'));
        if (command.includes(folder) || cwd.startsWith(folder)) read(() => process.kill(Number(pid), 'SIGKILL'));
      }
      setTimeout(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }), 200);
    });`;
  const guard = spawn(process.execPath, ['-e', script, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl+C in a terminal signals the whole process group
  });
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
}
