import { type Browser, chromium } from 'playwright-core';

const FLAGS = '--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic'.split(' ');

/** A real Chromium: `CHROMIUM` names one (as `npm test` does), else it is that of Debian. Hosts in `.test` are this machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...FLAGS, '--host-resolver-rules=MAP *.test 127.0.0.1'],
  });
}
