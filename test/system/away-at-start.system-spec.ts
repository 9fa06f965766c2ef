import { afterAll, describe, expect, it } from 'vitest';
import { Clickers, clickIdOf, clicksComplete } from '../support/system/system-clickers.js';
import { type OwnDatabase, ownRedis, ownReplicaSet } from '../support/system/system-databases.js';
import { processesIn } from '../support/system/system-processes.js';
import { cleanUp, temporaryFolder, unusedPort } from '../support/system/system-program.js';
import { SystemServer } from '../support/system/system-server.js';

const HOPBACK_API_KEY = 'the-key-of-a-start-without-db';
const MAY_TAKE_MS = 2_000;

interface LinkAnswer {
  id: string;
  shortUrl: string;
}

afterAll(cleanUp);

/** One Hopback after another in one folder, and the databases that its operator runs. */
class Installation {
  private readonly folder = temporaryFolder();
  link: LinkAnswer = { id: '', shortUrl: '' };
  /** Clicked once only, so that one worker knows it. */
  rareLink: LinkAnswer = { id: '', shortUrl: '' };
  readonly clickIds: string[] = [];

  private constructor(
    readonly mongod: OwnDatabase,
    readonly redis: OwnDatabase,
    readonly workers: number,
    private readonly port: number,
  ) {}

  /** Has run once: its link was clicked, by somebody on each worker. */
  static async thatHasRun(workers: number): Promise<Installation> {
    const made = new Installation(await ownReplicaSet(), await ownRedis(), workers, await unusedPort());
    const server = await made.launch();
    await server.program.waitFor(/ready on/);
    made.link = (await server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/lp' })).body;
    made.rareLink = (await server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/rare' })).body;
    await made.clickAround();
    expect((await fetch(made.rareLink.shortUrl, { redirect: 'manual' })).status).toBe(302);
    expect(await server.stop()).toBe(0);
    return made;
  }

  launch(): Promise<SystemServer> {
    const env = {
      HOPBACK_API_KEY,
      MONGODB_URI: this.mongod.url,
      REDIS_URL: this.redis.url,
      WORKERS: String(this.workers),
      PORT: String(this.port),
    };
    return SystemServer.launch({ folder: this.folder, env });
  }

  /** Several people click; each must be redirected. */
  async clickAround(): Promise<void> {
    const clickers = new Clickers(this.link.shortUrl, { connections: 8 });
    await clickers.answered(50);
    await clickers.end();
    expect([clickers.failures, clickers.refused]).toEqual([[], 0]);
    this.clickIds.push(...clickers.clickIds);
  }

  /** Every click that was ever answered is stored once and counted. */
  clicksComplete(server: SystemServer): Promise<void> {
    return clicksComplete(server, { mongodbUri: this.mongod.url, linkId: this.link.id, clickIds: this.clickIds });
  }
}

/** Known links are redirected; for all else it is "not now", soon. */
async function expectStandIn(server: SystemServer, installation: Installation): Promise<void> {
  await server.program.waitFor(/^• MongoDB is away: 2 links of the last run/m);
  expect(server.program.stdout.match(/MongoDB is away/g)).toHaveLength(1);
  expect(server.program.stderrLines).toEqual([
    expect.stringMatching(/^hopback: MONGODB_URI \S+ cannot be used: no server answers there .*until it can be used$/),
  ]);
  await installation.clickAround();
  for (let visitor = 0; visitor < 4; visitor++) {
    const headers = { connection: 'close' };
    expect((await fetch(installation.rareLink.shortUrl, { redirect: 'manual', headers })).status).toBe(302);
  }

  const begin = Date.now();
  const unknown = await fetch(`${server.baseUrl}/never-seen`, { redirect: 'manual' });
  expect(Date.now() - begin).toBeLessThan(MAY_TAKE_MS);
  expect([unknown.status, Number(unknown.headers.get('retry-after')) > 0]).toEqual([503, true]);
  const api = await fetch(`${server.baseUrl}/api/v1/links`, { headers: server.authorization });
  expect([api.status, api.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
  expect(await api.json()).toMatchObject({ status: 503, code: 'unavailable' });
  expect((await fetch(`${server.baseUrl}/health/ready`)).status).toBe(503);
  expect((await fetch(`${server.baseUrl}/health/live`)).status).toBe(200);
  expect(server.program.stdout).not.toContain('ready on');
}

describe.concurrent.each([1, 2])('a MongoDB that is away at the start (WORKERS=%s)', (workers) => {
  it('stops no redirect; all recovers when it is back, and each click counts once', async () => {
    const installation = await Installation.thatHasRun(workers);
    await installation.mongod.kill();

    const first = await installation.launch();
    await expectStandIn(first, installation);
    await first.kill9();

    const second = await installation.launch();
    await expectStandIn(second, installation);
    await installation.mongod.start();
    await second.program.waitFor(/^Hopback is ready on /m);
    await installation.clickAround();
    await installation.clicksComplete(second);
    expect((await fetch(`${second.baseUrl}/health/ready`)).status).toBe(200);
    expect((await fetch(`${second.baseUrl}/never-seen`, { redirect: 'manual' })).status).toBe(404);

    // A click id of the outage is as good as any other.
    const network = await second.api<{ key: string }>('POST', '/networks', { name: 'Casino', currency: 'EUR' });
    const clickId = installation.clickIds[60];
    const postback = await fetch(`${second.baseUrl}/postback/${network.body.key}?click_id=${clickId}&event=ftd`);
    expect(await postback.json()).toMatchObject({ verdict: 'accepted' });
    expect(await second.stop()).toBe(0);
    expect(processesIn(second.folder)).toEqual([]);

    if (workers === 1) await expectStartWithoutRedis(installation);
  });
});

async function expectStartWithoutRedis(installation: Installation): Promise<void> {
  await installation.redis.kill();
  const server = await installation.launch();
  await server.program.waitFor(/^Hopback is ready on /m);
  expect(server.program.stderrLines).toEqual([
    expect.stringMatching(/^hopback: REDIS_URL \S+ cannot be used: no server answers there .*continuing without it/),
  ]);
  await installation.clickAround();
  await installation.clicksComplete(server);
  const { shortUrl, id } = installation.link;
  expect((await server.api('PATCH', `/links/${id}`, { url: 'https://shop.example/new' })).status).toBe(200);
  const { headers } = await fetch(shortUrl, { redirect: 'manual' });
  expect(headers.get('location')).toMatch(/^https:\/\/shop\.example\/new\?/);
  installation.clickIds.push(clickIdOf(headers.get('location')) ?? '');
  await installation.clicksComplete(server);
  expect(await server.stop()).toBe(0);
}
