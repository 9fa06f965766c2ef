import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from '../../platform/startup/startup-error.js';
import { parsePreset } from './parse-preset.js';
import type { Preset } from './preset.js';

/** The build copies the presets next to the code (nest-cli.json). */
const FOLDER = fileURLToPath(new URL('../presets', import.meta.url));

/**
 * Reads all presets, sorted by name.
 * @throws StartupError with a line for each file and field that is wrong.
 */
export function readPresets(folder = FOLDER): Preset[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new StartupError([`There are no network presets in ${folder}: build again.`]);
  const problems: string[] = [];
  const presets: Preset[] = [];
  for (const file of files) {
    const result = parsePreset(basename(file, '.json'), readJson(join(folder, file)));
    if ('preset' in result) presets.push(result.preset);
    else problems.push(...result.problems.map((problem) => `Network preset ${file} is not valid: ${problem}`));
  }
  if (problems.length > 0) throw new StartupError(problems);
  return presets.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
