import type { DomainCache } from '../domains/domain-cache.service.js';
import type { LinkCache } from '../links/cache/link-cache.service.js';
import { NotFoundLimiter } from '../platform/rate-limit/not-found-limiter.js';
import type { Domains, Links } from './rules/find-link.js';

/** A mistyped URL takes fewer look-ups than this. Each further multiple counts as one more unknown link. */
const LOOK_UPS_PER_MISTAKE = 8;

/** The sources for the links of one request, and its number of look-ups. */
export interface LinkSearch {
  domains: Domains;
  links: Links;
  /** Address of the visitor. */
  ip: string;
  /** The address has requested too many unknown links. Only links that are likely to exist are looked up for it. */
  isLimited: boolean;
  /** Number of look-ups that may have reached MongoDB. */
  lookUps: number;
}

/**
 * Prevents finding links by trying slugs. An address that has requested too many unknown links causes no look-ups until the
 * minute is over. It still gets links that this process knows or that changed recently.
 */
export class LinkSearches {
  private readonly limiter: NotFoundLimiter;
  private readonly cachedOnly: Pick<LinkSearch, 'domains' | 'links'>;

  /** @param perMinute unknown links that an address may request. 0: no limit. */
  constructor(
    private readonly domains: Pick<DomainCache, 'getCached' | 'find'>,
    private readonly links: Pick<LinkCache, 'getCached' | 'find' | 'isLikely'>,
    perMinute: number,
  ) {
    this.limiter = new NotFoundLimiter({ perMinute: perMinute || Number.POSITIVE_INFINITY });
    this.cachedOnly = {
      domains: {
        find: (hostname) => {
          const domain = domains.getCached(hostname);
          return Promise.resolve(domain === 'unknown-yet' ? undefined : domain);
        },
      },
      links: {
        getCached: (hostname, slug) => links.getCached(hostname, slug),
        // A link that has just changed is in no cache yet, but must be found.
        find: (hostname, slug) =>
          links.isLikely(hostname, slug) ? links.find(hostname, slug) : Promise.resolve(undefined),
      },
    };
  }

  /** Begins the search for the link of a request. */
  begin(ip: string): LinkSearch {
    if (this.limiter.isOver(ip)) return { ...this.cachedOnly, ip, isLimited: true, lookUps: 0 };
    const { domains, links } = this;
    const find: Links['find'] = (hostname, slug) => {
      search.lookUps++;
      return links.find(hostname, slug, ip);
    };
    const getCached: Links['getCached'] = (hostname, slug) => links.getCached(hostname, slug);
    const search: LinkSearch = { domains, links: { getCached, find }, ip, isLimited: false, lookUps: 0 };
    return search;
  }

  /** Counts a search that found nothing; must be called once for each. @returns whether the address has exceeded the limit. */
  isTooMany({ ip, isLimited, lookUps }: LinkSearch): boolean {
    return isLimited || this.limiter.isTooMany(ip, Math.max(1, Math.floor(lookUps / LOOK_UPS_PER_MISTAKE)));
  }
}
