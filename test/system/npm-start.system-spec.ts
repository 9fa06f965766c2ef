import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { processesIn } from '../support/system/system-processes.js';
import {
  cleanEnvironment,
  cleanUp,
  Program,
  ROOT,
  temporaryFolder,
  unusedPort,
} from '../support/system/system-program.js';

const READY = /^Hopback is ready on (\S+) /m;

afterAll(cleanUp);

/**
 * The real npm runs the real start script in a folder of its own. Installing and building are left out: another test uses the
 * built program at the same time.
 */
function writePackage(folder: string): void {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const text = readFileSync(join(ROOT, 'scripts', 'start.mjs'), 'utf8')
    .replace("import { prepare } from './setup.mjs';", 'const prepare = () => undefined;')
    .replace('../dist/', `${pathToFileURL(join(ROOT, 'dist')).href}/`);
  writeFileSync(join(folder, 'start.mjs'), text);
  const start = scripts.start.replace('scripts/start.mjs', 'start.mjs');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'started', private: true, scripts: { start } }));
}

function run(command: string, args: string[], folder: string, port: number): Program {
  const env = cleanEnvironment({ HOST: '127.0.0.1', PORT: String(port), npm_config_update_notifier: 'false' });
  return new Program(command, args, { cwd: folder, env });
}

async function isServed(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no server behind when npm alone gets %s', async (signal) => {
    const folder = temporaryFolder();
    const port = await unusedPort();
    writePackage(folder);
    const npm = run('npm', ['start'], folder, port);
    await npm.waitFor(READY);
    expect(await isServed(port)).toBe(true);
    npm.kill(signal);
    const running = await eventually(
      () => processesIn(folder),
      (left) => left.length === 0,
    );
    expect(running).toEqual([]);
    expect(await isServed(port)).toBe(false);

    const again = run('npm', ['start'], folder, port);
    await again.waitFor(READY);
    again.kill('SIGTERM');
    await again.exited;
  });

  it('serves on when the shell that has started it in the background ends', async () => {
    const folder = temporaryFolder();
    const port = await unusedPort();
    writePackage(folder);
    const shell = run('sh', ['-c', 'nohup npm start >out.log 2>&1 & sleep 1'], folder, port);
    await shell.exited;
    await eventually(
      () => readFileSync(join(folder, 'out.log'), 'utf8'),
      (text) => READY.test(text),
      60_000,
    );
    // Twice the period of the watch, so that it has looked at least once.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await isServed(port)).toBe(true);
  });
});
