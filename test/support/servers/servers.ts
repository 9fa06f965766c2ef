import { inject } from 'vitest';

/** The Redis server of this test worker. @throws Error when there is none: two workers on one would hear each other. */
export function workerRedisUrl(): string {
  const urls = inject('redisUrls');
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 1);
  const url = urls[worker - 1];
  if (url === undefined) {
    throw new Error(
      `worker ${worker} has no Redis, there are ${urls.length}: see test/support/servers/global-servers.ts`,
    );
  }
  return url;
}
