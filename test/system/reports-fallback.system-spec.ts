import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { cleanUp, ROOT } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const WITHOUT_DUCKDB = `--import=${join(ROOT, 'test', 'support', 'system', 'without-duckdb.mjs')}`;

afterAll(cleanUp);

interface Report {
  totals?: Record<string, number>;
  complete?: boolean;
}

/** A report that counts one click, without a copy of the data. */
async function expectReports(server: SystemServer): Promise<void> {
  const { body: link } = await server.api<{ shortUrl: string }>('POST', '/links', { url: 'https://shop.example/' });
  await fetch(link.shortUrl, { redirect: 'manual', headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0.0.0' } });
  const report = await eventually(
    async () => (await server.api<Report>('GET', '/reports?metrics=clicks')).body,
    ({ totals }) => totals?.['clicks'] === 1,
  );
  expect(report).toMatchObject({ totals: { clicks: 1 }, complete: true });
  expect(readdirSync(join(server.dataDir, 'reports')).filter((name) => name.includes('duckdb'))).toEqual([]);
}

it('reads reports from MongoDB where DuckDB cannot be loaded, and says so in one line', async () => {
  const server = await SystemServer.start({ env: { REPORTS: 'on', NODE_OPTIONS: WITHOUT_DUCKDB } });
  await expectReports(server);
  expect(server.program.stderrLines.filter((line) => line.includes('DuckDB'))).toEqual([
    'hopback: DuckDB cannot be loaded (no binary for this platform); reports are read from MongoDB, and long periods take several requests',
  ]);
});

it('reads reports from MongoDB with REPORTS=mongodb, and says nothing', async () => {
  const server = await SystemServer.start({ env: { REPORTS: 'mongodb' } });
  await expectReports(server);
  expect(server.program.stderrLines).toEqual([]);
});
