// The browser that tests and pictures use: Chromium or Chrome, as it is installed here. Debian's headless shell comes first:
// it is the same engine without the windows of a desktop, and takes much less processor time.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's packages, and the programs in them. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

/** `CHROMIUM` names one; else the first on PATH. @returns its path, or undefined */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = [...PACKAGES, 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find((path) =>
    existsSync(path),
  );
}

/** Installs Chromium where apt can. @returns its path */
export function installBrowser() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  apt('update');
  for (const name of PACKAGES) {
    apt('install', '-y', '--no-install-recommends', name);
    const found = findBrowser();
    if (found) return found;
  }
  throw new Error('there is none: install Chromium (apt-get install chromium), or set CHROMIUM to its path');
}
