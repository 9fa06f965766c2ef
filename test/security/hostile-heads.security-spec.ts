import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../support/api/api-client.js';
import { report } from '../support/security-report.js';
import { cleanUp, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const isLong = process.env['SECURITY_TESTS'] === 'long';
const HEADS = isLong ? 50_000 : 1_500;
const WARM_UP = 300;
const MAX_WARM_UPS = 10;
/** Between two of them, when all that is loaded at its first use is there. */
const STEADY_MB = 3;
const MAX_GROWTH_MB = isLong ? 20 : 10;

let server: SystemServer;
beforeAll(async () => {
  const reporter = join(ROOT, 'test', 'support', 'heap-reporter.cjs');
  const env = { TRUSTED_PROXIES: '127.0.0.1', NODE_OPTIONS: `--require ${reporter}` };
  server = await SystemServer.start({ env });
  const api = new ApiClient(server.baseUrl, server.apiKey);
  const rules = [
    { when: [{ field: 'country', op: 'in', values: ['DE'] }], url: 'https://shop.example/de' },
    { when: [{ field: 'device', op: 'in', values: ['mobile'] }], url: 'https://shop.example/mobile' },
    { when: [{ field: 'bot', op: 'in', values: ['true'] }], url: 'https://shop.example/bot' },
  ];
  const url = 'https://shop.example/{browser}?c={city}';
  await api.json('post', '/api/v1/links', { body: { url, slug: 'ruled', rules } });
  await api.json('post', '/api/v1/visitor-rules', { body: { match: { userAgent: 'acme' }, as: 'bot' } });
}, 120_000);
afterAll(cleanUp);

const sendHeads = async (count: number): Promise<Record<string, number>> => {
  const tool = join(ROOT, 'test', 'security', 'hostile-heads.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [tool, `${server.port}`, `${count}`, 'ruled']);
  return JSON.parse(stdout) as Record<string, number>;
};

/** Megabytes that the program keeps, its buffers included. */
const heapMb = async (): Promise<number> => {
  const before = server.program.stdout.length;
  server.program.kill('SIGUSR2');
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const found = /HEAP (\d+)\n/.exec(server.program.stdout.slice(before))?.[1];
    if (found !== undefined) return Number(found) / 1e6;
  }
};

it(
  `S3 ${HEADS} heads of 16 KB leave next to nothing in memory`,
  async () => {
    let before = await heapMb();
    for (let round = 0; round < MAX_WARM_UPS; round++) {
      await sendHeads(WARM_UP);
      const now = await heapMb();
      const isSteady = round > 0 && Math.abs(now - before) < STEADY_MB;
      before = now;
      if (isSteady) break;
    }
    const statuses = await sendHeads(HEADS);
    const growth = (await heapMb()) - before;
    const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
    report({ name: 'heap', what: `MB kept of ${HEADS} heads of 16 KB: ${growth.toFixed(1)}`, tried: HEADS, bad: 0 });
    expect(answered).toBeGreaterThan(HEADS * 0.9);
    expect(statuses['500'] ?? 0).toBe(0);
    expect(growth).toBeLessThan(MAX_GROWTH_MB);
  },
  isLong ? 600_000 : 120_000,
);
