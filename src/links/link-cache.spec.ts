import { expect, it } from 'vitest';
import type { DomainsService } from '../domains/domains.service.js';
import type { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { RedisService } from '../platform/redis/redis.service.js';
import { createLogger } from '../platform/logging/logger.js';
import { CompiledLink, type RoutedLink } from './compiled-link.js';
import { LinkCache } from './link-cache.service.js';
import { LinkNews } from './link-news.service.js';
import type { LinkReadModel } from './link.read-model.js';

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
    const domains = { findOwner: async () => LINK.workspaceId } as unknown as DomainsService;
    const logger = createLogger('fatal');
    const news = new LinkNews(new RedisService(undefined, logger), anyLink, logger);
    const links = new LinkCache(anyLink, domains, news, { isAnswering: true } as MongoWatch);
    links.restore(new CompiledLink(LINK));
    expect(links.peek('go.example', 'a')).toBeUndefined();
    expect((await links.find('go.example', 'a'))?.routed.url).toBe(url);
  },
);
