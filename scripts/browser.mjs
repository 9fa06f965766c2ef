// The browser that tests and pictures use: Chromium or Chrome, as it is installed here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** `CHROMIUM` names one; else the first on PATH. @returns its path, or undefined */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find((path) =>
    existsSync(path),
  );
}

/** Installs Chromium where apt can. @returns its path */
export function installBrowser() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  const found = findBrowser();
  if (!found)
    throw new Error('there is none: install Chromium (apt-get install chromium), or set CHROMIUM to its path');
  return found;
}
