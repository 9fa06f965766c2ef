import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { ClickRecorder } from '../clicks/click-recorder.service.js';
import { readSettings } from '../platform/config/settings.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import type { Guide } from './guide.service.js';
import { Redirector } from './redirector.service.js';
import type { Reply, ShortLinkRequest } from './short-link-request.js';

it('S24 short links that cannot be looked up are logged once a second, in short', async () => {
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const away = { peek: () => undefined, isLikely: () => false, find: () => Promise.reject(new DatabaseTimeout()) };
  const domains = { peek: () => 'unknown-yet' as const, find: away.find };
  const nobody = { count: () => undefined, mint: () => '' };
  const settings = readSettings({ DATA_DIR: '/tmp' });
  const unused = {} as Guide & ClickRecorder;
  const redirector = new Redirector(settings, logger, away, domains, nobody, unused, nobody, unused, new Metrics());
  const statuses: number[] = [];
  const reply = { plain: (status: number) => void statuses.push(status) } as unknown as Reply;
  for (let i = 0; i < 500; i++) {
    const url = `/${i}-${'x'.repeat(15_000)}`;
    redirector.handle({ url, host: 'go.example', remoteAddress: '203.0.113.9' } as ShortLinkRequest, reply);
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(statuses).toEqual(Array.from({ length: 500 }, () => 503));
  expect(lines.length).toBeLessThan(10);
  for (const line of lines) expect(line.length).toBeLessThan(4_000);
});
