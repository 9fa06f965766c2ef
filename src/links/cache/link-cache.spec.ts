import { expect, it } from 'vitest';
import type { DomainCache } from '../../domains/domain-cache.service.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { RedisService } from '../../platform/redis/redis.service.js';
import type { InstanceSecretsRepository } from '../../platform/secrets/instance-secrets.repository.js';
import { createLogger } from '../../platform/logging/logger.js';
import { CompiledLink, type RoutedLink } from '../rules/compiled-link.js';
import { LinkCache } from './link-cache.service.js';
import { LinkChangeFeed } from './link-change-feed.service.js';
import type { LinkReadModel } from '../link.read-model.js';
import { RedisLinkCache } from './redis-link-cache.service.js';

const LINK = {
  _id: 'lnk_1',
  workspaceId: 'wsp_1',
  number: 1,
  hostname: 'go.example',
  slug: 'a',
  url: 'https://shop.example/old',
  forwardQuery: 'none',
  redirectStatus: 302,
  clickIdParam: 'click_id',
} as unknown as RoutedLink;

it.each([
  ['gone', null, undefined],
  ['changed', { ...LINK, live: true, url: 'https://shop.example/new' }, 'https://shop.example/new'],
])(
  'a link of the last run that is %s meanwhile is looked at before it is used, without a Redis too',
  async (_, now, url) => {
    const anyLink = { findByAddress: async () => now } as unknown as LinkReadModel;
    const domain = { workspaceId: LINK.workspaceId, hostname: LINK.hostname, caseSensitive: true };
    const domains = { find: async () => domain } as unknown as DomainCache;
    const logger = createLogger({ logLevel: 'fatal', logFormat: 'json' });
    const redis = new RedisService(undefined, logger);
    const redisLinks = new RedisLinkCache(redis, {} as InstanceSecretsRepository, anyLink, logger);
    const feed = new LinkChangeFeed(redis, anyLink, redisLinks, logger);
    const mongo = { isAnswering: true } as MongoHealth;
    const links = new LinkCache(anyLink, domains, feed, redisLinks, mongo, new Metrics());
    links.restore(new CompiledLink(LINK));
    expect(links.getCached('go.example', 'a')).toBeUndefined();
    expect((await links.find('go.example', 'a'))?.routed.url).toBe(url);
  },
);
