import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesIn } from '../support/system/system-processes.js';
import {
  cleanEnvironment,
  cleanUp,
  Program,
  ROOT,
  temporaryFolder,
  unusedPort,
} from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const apiKey = 'the-key-of-the-demo-test-0001';

let server: SystemServer;
beforeAll(async () => {
  server = await SystemServer.start({ env: { HOPBACK_API_KEY: apiKey } });
});
afterAll(cleanUp);

/** Runs the demo to its end in a folder of its own, its temporary files included. */
async function demo(env: Record<string, string>): Promise<{ program: Program; folder: string; code: number | string }> {
  const folder = temporaryFolder();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const program = new Program(process.execPath, [join(ROOT, 'scripts', 'demo.mjs')], {
    cwd: folder,
    env: cleanEnvironment({ TMPDIR: temporary, ...env }),
  });
  return { program, folder, code: await program.exited };
}

describe.concurrent('npm run demo', () => {
  it('starts a server of its own when none runs, plays the job, and leaves nothing', async () => {
    const { program, folder, code } = await demo({ PORT: String(await unusedPort()) });
    expect([code, program.stderr]).toEqual([0, '']);
    expect(program.stdout).toContain('starting one on http://localhost:');
    expect(program.stdout).toContain('All as expected.');
    expect(processesIn(folder)).toEqual([]);
  });

  it('plays the job against the server that runs', async () => {
    const { program, code } = await demo({ PORT: String(server.port), HOPBACK_API_KEY: apiKey });
    expect([code, program.stderr]).toEqual([0, '']);
    expect(program.stdout).not.toContain('starting one');
    expect(program.stdout).toContain('All as expected.');
    expect((await server.api('GET', '/links')).status).toBe(200);
  });

  it('says in one line that the key is wrong', async () => {
    const { program, code } = await demo({ PORT: String(server.port), HOPBACK_API_KEY: 'not-the-key-of-this-server' });
    expect(code).toBe(1);
    expect(program.stdout).not.toContain('All as expected.');
    expect(program.stderrLines).toEqual([expect.stringMatching(/^hopback: demo: .*HOPBACK_API_KEY/)]);
  });

  it('says in one line that it needs a key', async () => {
    const { program, code } = await demo({ PORT: String(server.port) });
    expect(code).toBe(1);
    expect(program.stderrLines).toEqual([expect.stringMatching(/^hopback: demo: .*set HOPBACK_API_KEY/)]);
  });
});
