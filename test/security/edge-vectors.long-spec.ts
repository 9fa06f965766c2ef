import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../support/api/api-client.js';
import { report } from '../support/security-report.js';
import { cleanUp, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';
import { EXPLAINED } from './explained-differences.js';

interface Outcome {
  vector: string;
  target: string;
  reference: string;
  alarms: string[];
  differences: string[];
}

let server: SystemServer;
let outcomes: Outcome[];
beforeAll(async () => {
  server = await SystemServer.start({ env: { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED: '0' } });
  const api = new ApiClient(server.baseUrl, server.apiKey);
  const url = 'https://x.example/?a={sub1}&u={user_agent}&r={referrer}';
  await api.json('post', '/api/v1/links', { body: { url, slug: 'vector' } });
  const network = await api.json<{ key: string; pixelKey: string }>('post', '/api/v1/networks', {
    body: { name: 'Vectors' },
  });
  const tool = join(ROOT, 'test', 'security', 'edge-vectors.mjs');
  const target = ['--slug', 'vector', '--key', network.key, '--pixel', network.pixelKey];
  const args = [tool, `127.0.0.1:${server.port}`, '--self-ref', '--json', ...target];
  // An alarm is an exit code of 1, and is told below.
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 100_000_000 }).catch(
    (error: unknown) => error as { stdout: string },
  );
  outcomes = JSON.parse(stdout) as Outcome[];
}, 300_000);
afterAll(cleanUp);

it('S9 S22 raw requests of every odd kind raise no alarm', () => {
  const alarmed = outcomes.filter(({ alarms }) => alarms.length > 0);
  report({ name: 'edge', what: 'raw vectors', tried: outcomes.length, bad: alarmed.length });
  expect(outcomes.length).toBeGreaterThan(180);
  expect(alarmed).toEqual([]);
});

it('S9 S22 are answered as Node answers them, but for what is explained', () => {
  const unlike = outcomes.filter(({ differences }) => differences.length > 0);
  const unexplained = unlike.filter(({ vector }) => EXPLAINED[vector] === undefined);
  report({ name: 'edge', what: 'differences to Node', tried: outcomes.length, bad: unexplained.length });
  expect(unexplained).toEqual([]);
  const differing = new Set(unlike.map(({ vector }) => vector));
  expect(Object.keys(EXPLAINED).filter((vector) => !differing.has(vector))).toEqual([]);
});
