import type { Logger } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ForwardingWatch } from '../../../src/platform/http/requests/forwarding-watch.service.js';
import { LOGGER } from '../../../src/platform/logging/logger.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => app.close());

describe('S17 X-Forwarded-For behind a proxy that no setting names', () => {
  it('is reported once in the log, and in the warnings, whatever reader handles the requests', async () => {
    const warn = vi.spyOn(app.app.get<Logger>(LOGGER), 'warn');
    expect(app.app.get(ForwardingWatch).warnings()).toEqual([]);
    const network = await app.createNetwork();
    for (let i = 0; i < 20; i++) {
      const paths = ['/no-link', `/postback/${network.key}?a=b`, `/pixel/${network.pixelKey}.gif`, '/api/v1/links'];
      for (const path of paths) await app.plain('get', path).set('x-forwarded-for', `203.0.113.${i}`);
    }
    const warnings = app.app.get(ForwardingWatch).warnings();
    expect(warnings).toEqual([expect.stringMatching(/^X-Forwarded-For from 127\.0\.0\.1 is ignored.*TRUSTED_PROXIES/)]);
    expect(warn.mock.calls.filter(([, text]) => String(text).includes('X-Forwarded-For'))).toHaveLength(1);
    expect((await app.plain('get', '/health/ready')).body).toMatchObject({ warnings });
  });
});
