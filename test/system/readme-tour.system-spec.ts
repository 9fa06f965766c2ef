import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/platform/config/settings.js';
import { cleanEnvironment, cleanUp, Program, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

afterAll(cleanUp);

function readme(): string {
  return readFileSync(join(ROOT, 'README.md'), 'utf8');
}

/** The content of fenced blocks that are marked exactly ```sh tour, one after another. */
function tourScript(): string {
  return [...readme().matchAll(/^```sh tour\n(.*?)^```$/gms)].map(([, block]) => block).join('\n');
}

describe('the README', () => {
  it('leads from an empty folder to a first deposit, word for word', async () => {
    const script = tourScript();
    expect(script).toContain('http://localhost:3000');
    const server = await SystemServer.start();
    const tour = new Program(
      'bash',
      ['-euo', 'pipefail', '-c', script.replaceAll('http://localhost:3000', server.baseUrl)],
      {
        cwd: server.folder,
        env: cleanEnvironment(),
      },
    );
    expect([await tour.exited, tour.stderr]).toEqual([0, '']);
    expect(tour.stdout).toMatch(/"ftds": ?1\b/);
  });

  it('is short, and leads to the page of all settings', () => {
    expect(Buffer.byteLength(readme())).toBeLessThanOrEqual(8_192);
    expect(readme()).toContain('(docs/settings.md)');
  });
});

describe('.env.example', () => {
  it('names every setting, and no other', () => {
    const example = parseEnv(readFileSync(join(ROOT, '.env.example'), 'utf8'));
    expect(Object.keys(example).sort()).toEqual([...SETTING_NAMES].sort());
  });
});
