import { afterEach, describe, expect, it } from 'vitest';
import { Instances } from '../../../src/platform/instances/instances.service.js';
import { StartupError } from '../../../src/platform/startup/startup-error.js';
import { TestApp } from '../../support/test-app.js';

const shared = { env: { REDIS_URL: 'redis://the-same-one' } };
const apps: TestApp[] = [];

async function start(options: Parameters<typeof TestApp.start>[0]): Promise<Instances> {
  const app = await TestApp.start({ ...options, ...(apps[0] && { sharing: apps[0] }) });
  apps.push(app);
  return app.app.get(Instances);
}

afterEach(async () => {
  for (const app of apps.splice(0).reverse()) await app.close();
});

describe('several instances on one MongoDB', () => {
  it('run together when they share a Redis', async () => {
    await (await start(shared)).join();
    await (await start(shared)).join();
  });

  it.each([
    ['the second', shared, {}],
    ['the first', {}, shared],
    ['both', {}, {}],
  ])('are refused when %s has none', async (_, first, second) => {
    await (await start(first)).join();
    await expect((await start(second)).join()).rejects.toThrow(StartupError);
  });

  it('may follow one another', async () => {
    const first = await start({});
    await first.join();
    await first.leave();
    await (await start({})).join();
  });
});
