// npm run owner-link: prints a link with which the first owner can sign up. Whoever may read DATA_DIR can make one.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { prepare } from './setup.mjs';

prepare();
const { readEnvFile } = await import('../dist/platform/config/env-file.js');
const { readSettings } = await import('../dist/platform/config/settings.js');
const { createOwnerLink } = await import('../dist/people/first-owner/owner-link.js');

try {
  const settings = readSettings(process.env, readEnvFile(resolve('.env')));
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const link = createOwnerLink(settings);
  process.stdout.write(`\n${link}\n\nOpen it in a browser. It is valid for a day, and as long as there is no owner.\n`);
} catch (error) {
  const lines = error.problems ?? [error.message];
  for (const line of lines) process.stderr.write(`hopback: ${line}\n`);
  process.exitCode = 1;
}
