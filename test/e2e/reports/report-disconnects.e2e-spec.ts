import { once } from 'node:events';
import { type ClientRequest, get } from 'node:http';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FactsDatabase } from '../../../src/reports/reader/facts/facts-database.js';
import { AccessGuard } from '../../../src/workspaces/access/access.guard.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await TestApp.start();
  await app.startReader();
  await app.reportsCaughtUp();
}, 60_000);
afterAll(() => app.close());

/** Connections whose statements run until they are interrupted. */
class EndlessConnections {
  begun = 0;
  interrupted = 0;
  closed = 0;

  connect(): DuckDBConnection {
    let interrupt: (() => void) | undefined;
    const run = (): Promise<never> => {
      this.begun++;
      return new Promise((_, reject) => {
        interrupt = () => {
          this.interrupted++;
          reject(new Error('INTERRUPT'));
        };
      });
    };
    const closeSync = (): void => void this.closed++;
    const connection = { run, runAndReadAll: run, stream: run, interrupt: () => interrupt?.(), closeSync };
    return connection as unknown as DuckDBConnection;
  }
}

/** A client that never reads its answer. */
function ask(path: string, accept = 'application/json'): ClientRequest {
  const headers = { authorization: `Bearer ${app.apiKey}`, accept };
  return get(`${app.baseUrl}/api/v1/reports${path}`, { agent: false, headers }).on('error', () => undefined);
}

describe('a client that disconnects', () => {
  it.each([
    ['a report', '?groupBy=country', undefined],
    ['a file', '?groupBy=country', 'text/csv'],
    ['a time series', '/timeseries', undefined],
    ['a funnel', '/funnel', undefined],
    ['a heat map', '/heatmap', undefined],
    ['values of a dimension', '/values?dimension=country', undefined],
  ])('interrupts %s that no other client waits for', async (_, path, accept) => {
    const connections = new EndlessConnections();
    const connect = vi.spyOn(FactsDatabase.prototype, 'connect').mockImplementation(async () => connections.connect());
    const clients = [ask(path, accept), ask(path, accept)];
    await eventually(
      () => connections.begun,
      (begun) => begun > 0,
    );
    for (const client of clients) client.destroy();
    await eventually(
      () => connections,
      ({ interrupted, closed }) => interrupted > 0 && closed === connect.mock.calls.length,
    );
    connect.mockRestore();
    expect((await app.api('get', `/reports${path}`).set('accept', accept ?? 'application/json')).status).toBe(200);
  });

  it('costs nothing when it has gone before its request is admitted', async () => {
    const admit = vi.spyOn(AccessGuard.prototype, 'canActivate').mockImplementationOnce(async function (
      this: AccessGuard,
      context,
    ) {
      await once(context.switchToHttp().getRequest<FastifyRequest>().raw.socket, 'end');
      return this.canActivate(context);
    });
    const connect = vi.spyOn(FactsDatabase.prototype, 'connect');
    const client = ask('?groupBy=device');
    await eventually(
      () => admit.mock.calls.length,
      (calls) => calls > 0,
    );
    client.destroy();
    await admit.mock.results[0]?.value;
    expect((await app.api('get', '/reports?groupBy=os')).status).toBe(200);
    expect(connect).toHaveBeenCalledTimes(1);
  });
});
