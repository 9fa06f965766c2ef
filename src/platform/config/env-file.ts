import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { StartupError } from '../startup/startup-error.js';

/** The settings of an env file as name → value, or nothing where there is no such file. */
export function readEnvFile(path: string): Record<string, string> {
  try {
    return parseEnv(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new StartupError([`${path} cannot be read: ${(error as Error).message}`]);
  }
}
