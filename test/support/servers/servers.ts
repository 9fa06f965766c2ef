import { inject } from 'vitest';

/** The Redis server of this test worker. */
export function workerRedisUrl(): string {
  const urls = inject('redisUrls');
  const url = urls[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % urls.length];
  if (url === undefined) throw new Error('this project has no Redis: see test/support/servers/global-servers.ts');
  return url;
}
