import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.mjs';

const FLAGS = '--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic'.split(' ');

/** A real Chromium, as `npm test` finds or installs it. Hosts in `.test` are this machine. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('there is no Chromium here: `npm test` installs one');
  return chromium.launch({ executablePath, args: [...FLAGS, '--host-resolver-rules=MAP *.test 127.0.0.1'] });
}
