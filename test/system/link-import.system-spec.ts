import { createConnection } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { cleanUp, temporaryFolder } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const ROWS = 400;
const SLOW_MS = 180_000;

interface Job {
  id: string;
  status: string;
  done: number;
  counts: Record<string, number>;
}

afterAll(cleanUp);

const csv = ['url,slug', ...Array.from({ length: ROWS }, (_, i) => `https://a.example/${i},slug-${i}`)].join('\n');

const send = (server: SystemServer): Promise<Response> =>
  fetch(`${server.baseUrl}/api/v1/links/import`, {
    method: 'POST',
    headers: { ...server.authorization, 'content-type': 'text/csv' },
    body: csv,
  });

async function newestJob(server: SystemServer): Promise<Job | undefined> {
  return (await server.api<{ data: Job[] }>('GET', '/links/import?limit=1')).body.data[0];
}

/** The slugs of all links, by the export. */
async function slugsOf(server: SystemServer): Promise<string[]> {
  const response = await fetch(`${server.baseUrl}/api/v1/links/export?columns=slug`, {
    headers: server.authorization,
  });
  return (await response.text()).trim().split('\r\n').slice(1);
}

/** Another process takes a job over 20 s after its process was killed. The test does not wait for that. */
async function expireLeases(server: SystemServer): Promise<void> {
  const connection = await createConnection(server.embeddedMongodbUri()).asPromise();
  await connection.collection('conversionImports').updateMany({}, { $set: { leaseUntil: new Date(0) } });
  await connection.close();
}

describe('an import of links, killed by SIGKILL while its caller waits', () => {
  it(
    'is finished by the next process: each link is there once',
    async () => {
      const folder = temporaryFolder();
      const first = await SystemServer.start({ folder });
      const sent = send(first).catch((error: unknown) => error);
      await eventually(
        () => newestJob(first),
        (job) => (job?.done ?? 0) > 100,
        30_000,
      );
      await first.kill9();
      expect(await sent).toBeInstanceOf(Error);

      const second = await SystemServer.start({ folder });
      await expireLeases(second);
      const job = await eventually(
        () => newestJob(second),
        (one) => one?.status === 'done',
        SLOW_MS,
      );
      expect(job).toMatchObject({ done: ROWS, counts: { created: ROWS, exists: 0, failed: 0 } });
      const slugs = await slugsOf(second);
      expect([slugs.length, new Set(slugs).size]).toEqual([ROWS, ROWS]);
      const again = (await (await send(second)).json()) as { counts: Record<string, number> };
      expect(again.counts).toMatchObject({ created: 0, exists: ROWS });
    },
    SLOW_MS,
  );
});
