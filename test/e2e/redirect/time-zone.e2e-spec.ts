import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditLogResponse } from '../../../src/workspaces/audit/audit-log.dto.js';
import type { WorkspaceResponse } from '../../../src/workspaces/workspaces.dto.js';
import type { ConversionListResponse } from '../../../src/conversions/conversions.dto.js';
import type { SimulateResponse } from '../../../src/redirect/simulate/simulate.dto.js';
import { TestApp } from '../../support/test-app.js';
import { expectInvalid } from '../../support/api/expect-problem.js';

const ZONE = 'Asia/Kolkata'; // UTC+5:30

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const change = (body: object) => app.api('patch', '/workspaces/current').send(body);
const inZone = async (timezone: string, work: () => Promise<void>): Promise<void> => {
  await change({ timezone });
  await work();
  await change({ timezone: 'UTC' });
};

describe('K11 the time zone of a workspace', () => {
  it('is UTC until it is set, is read back, and is in the audit log', async () => {
    expect(((await app.api('get', '/workspaces/current')).body as WorkspaceResponse).timezone).toBe('UTC');
    await inZone(ZONE, async () => {
      expect(((await app.api('get', '/workspaces/current')).body as WorkspaceResponse).timezone).toBe(ZONE);
      const log = (await app.api('get', '/audit-log?action=workspace.updated&limit=1')).body as AuditLogResponse;
      expect(log.data).toMatchObject([{ before: { timezone: 'UTC' }, after: { timezone: ZONE } }]);
    });
  });

  it.each(['Mars/Phobos', '+05:30', '', 'Kolkata!', 5, null])('refuses %j', async (timezone) => {
    expectInvalid(await change({ timezone }), 'timezone');
  });

  it('names the zone of a city', async () => {
    expect(JSON.stringify((await change({ timezone: 'Berlin' })).body)).toContain('did you mean Europe/Berlin?');
  });

  it('a date without a time as an end is the end of that day there, as a start its beginning', async () => {
    await inZone(ZONE, async () => {
      const dates = { startsAt: '2030-12-30', expiresAt: '2030-12-31' };
      const link = await app.createLink(dates);
      expect(link).toMatchObject({ startsAt: '2030-12-29T18:30:00.000Z', expiresAt: '2030-12-31T18:30:00.000Z' });
      const leadsOn = async (time: string): Promise<boolean> => {
        const { body } = await app.api('post', `/links/${link.id}/simulate`).send({ time });
        return (body as SimulateResponse).location !== null;
      };
      expect(await leadsOn('2030-12-31T23:59:59+05:30')).toBe(true);
      expect(await leadsOn('2031-01-01T00:00:00+05:30')).toBe(false);
      expect(await leadsOn('2030-12-29T23:59:59+05:30')).toBe(false);
      const moment = await app.api('patch', `/links/${link.id}`).send({ expiresAt: '2030-12-31T12:00:00Z' });
      expect(moment.body).toMatchObject({ expiresAt: '2030-12-31T12:00:00.000Z' });
    });
    expect(await app.createLink({ expiresAt: '2030-12-31' })).toMatchObject({ expiresAt: '2031-01-01T00:00:00.000Z' });
  });

  it('a key ends with its day there', async () => {
    await inZone('America/New_York', async () => {
      const { body } = await app
        .api('post', '/api-keys')
        .send({ name: 'x', scopes: ['links:read'], expiresAt: '2030-01-31' });
      expect(body).toMatchObject({ expiresAt: '2030-02-01T05:00:00.000Z' });
    });
  });
});

describe('K13 from and to', () => {
  const PATHS = [
    '/conversions',
    '/conversions/export',
    '/postbacks',
    '/postbacks/export',
    '/clicks/export',
    '/audit-log',
  ];

  it.each(PATHS)('from after to is refused: %s', async (path) => {
    const of = (from: string, to: string) => app.api('get', `${path}?from=${from}&to=${to}`);
    expect(expectInvalid(await of('2026-02-01', '2026-01-31'), 'to').errors).toMatchObject([{ code: 'from_after_to' }]);
    expectInvalid(await of('2026-02-01T10:00:01Z', '2026-02-01T10:00:00Z'), 'to');
    // Whether these are in order depends on the workspace's time zone.
    expectInvalid(await of('2026-02-02T00:00:01Z', '2026-02-01'), 'to');
    expect((await of('2026-02-01', '2026-02-01')).status).toBe(200);
    expect((await of('2026-02-01T23:00:00Z', '2026-02-01')).status).toBe(200);
    expectInvalid(await of('soon', '2026-02-01'), 'from');
  });

  it('from after to is refused in lists of links, visits without a link, and replays', async () => {
    expectInvalid(await app.api('get', '/links?createdFrom=2026-02-01&createdTo=2026-01-01'), 'createdTo');
    expectInvalid(await app.api('get', '/links/count?createdFrom=2026-02-01&createdTo=2026-01-01'), 'createdTo');
    const domains = (await app.api('get', '/domains')).body as { data: { id: string }[] };
    expectInvalid(await app.api('get', `/domains/${domains.data[0]?.id}/orphans?from=2026-02-01&to=2026-01-01`), 'to');
    const filter = { from: '2026-02-01', to: '2026-01-01' };
    expectInvalid(await app.api('post', '/postbacks/replay').send({ filter }), 'filter.to');
    const mixed = { from: '2026-02-02T00:00:01Z', to: '2026-02-01' };
    expectInvalid(await app.api('post', '/postbacks/replay').send({ filter: mixed }), 'filter.to');
  });

  it('a to without a time includes its day, in the workspace’s zone', async () => {
    const { link, clickId } = await app.clickedLink();
    const add = async (convertedAt: string): Promise<string> => {
      const input = { clickId, eventType: 'sale', txid: convertedAt, convertedAt };
      const { body } = await app.api('post', '/conversions').send(input);
      return (body as { id: string }).id;
    };
    const early = await add('2026-01-02T18:29:59Z');
    const late = await add('2026-01-02T18:30:00Z'); // 3 January in Kolkata
    const found = async (query: string): Promise<string[]> => {
      const { data } = (await app.api('get', `/conversions?linkId=${link.id}&${query}`)).body as ConversionListResponse;
      return data.map(({ id }) => id).sort();
    };
    const rowsOf = async (query: string): Promise<number> =>
      (await app.api('get', `/conversions/export?linkId=${link.id}&${query}`)).text.trim().split('\n').length - 1;
    expect(await found('from=2026-01-02&to=2026-01-02')).toEqual([early, late].sort());
    expect(await found('to=2026-01-01')).toEqual([]);
    await inZone(ZONE, async () => {
      expect(await found('from=2026-01-02&to=2026-01-02')).toEqual([early]);
      expect(await found('from=2026-01-03&to=2026-01-03')).toEqual([late]);
      expect(await rowsOf('from=2026-01-02&to=2026-01-02')).toBe(1);
      expect(await found('from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z')).toEqual([early, late].sort());
    });
  });

  it('a to of today finds what was made and logged today', async () => {
    const today = new Date().toISOString().slice(0, 10);
    await app.createLink({ title: 'made today' });
    const network = await app.createNetwork();
    await app.postback(network, 'event=nonsense');
    const count = async (path: string): Promise<number> =>
      ((await app.api('get', path)).body as { data: unknown[] }).data.length;
    expect(await count(`/links?createdFrom=${today}&createdTo=${today}`)).toBeGreaterThan(0);
    expect(await count(`/audit-log?from=${today}&to=${today}`)).toBeGreaterThan(0);
    expect(await count(`/postbacks?from=${today}&to=${today}`)).toBeGreaterThan(0);
  });
});
