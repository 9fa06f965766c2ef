import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutageLog } from '../../platform/logging/outage-log.js';
import { ReportCopy } from './report-copy.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopback-copy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the copy', () => {
  it('ends when DuckDB can no longer be used in this process, so that the next one opens the copy', async () => {
    const logger = pino({ level: 'silent' });
    const fatal = new Error(
      'FATAL Error: Failed: database has been invalidated because of a previous fatal error. The database must be restarted.',
    );
    const feed = { currentTime: () => Promise.reject(fatal) } as never;
    const failures = new OutageLog(logger, { begins: 'begins', ends: 'ends' });
    await expect(new ReportCopy({ feed, folder, logger, failures }).run()).rejects.toBe(fatal);
  });
});
