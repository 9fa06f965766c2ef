import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { ClickRecorder } from '../clicks/click-recorder.service.js';
import { readSettings } from '../platform/config/settings.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { DatabaseTimeout } from '../platform/mongo/mongo-errors.js';
import type { EdgeReply } from '../edge/edge-reply.js';
import type { EdgeRequest } from '../edge/edge-request.js';
import { LinkResponder } from './link-responder.service.js';
import type { LinkRouter } from './link-router.service.js';
import { Redirector } from './redirector.service.js';

it('S24 short links that cannot be looked up are logged once a second, in short', async () => {
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const away = { getCached: () => undefined, isLikely: () => false, find: () => Promise.reject(new DatabaseTimeout()) };
  const domains = { getCached: () => 'unknown-yet' as const, find: away.find };
  const nobody = { count: () => undefined, mint: () => '' };
  const settings = readSettings({ DATA_DIR: '/tmp' });
  const unused = {} as LinkRouter & ClickRecorder;
  const responder = new LinkResponder(settings, logger, domains, nobody, nobody, unused, new Metrics());
  const redirector = new Redirector(settings, logger, away, domains, unused, responder);
  const statuses: number[] = [];
  const reply = { send: (status: number) => void statuses.push(status) } as EdgeReply;
  for (let i = 0; i < 500; i++) {
    const url = `/${i}-${'x'.repeat(15_000)}`;
    const request = { method: 'GET', url, host: 'go.example', remoteAddress: '203.0.113.9', header: () => undefined };
    redirector.handle(request as unknown as EdgeRequest, reply);
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(statuses).toEqual(Array.from({ length: 500 }, () => 503));
  expect(lines.length).toBeLessThan(10);
  for (const line of lines) expect(line.length).toBeLessThan(4_000);
});
