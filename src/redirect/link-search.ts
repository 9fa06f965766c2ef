import type { DomainCache } from '../domains/domain-cache.service.js';
import type { LinkCache } from '../links/cache/link-cache.service.js';
import { NotFoundLimiter } from '../platform/rate-limit/not-found-limiter.js';
import type { Domains, Links } from './rules/find-link.js';

/** An address that is a typing mistake takes fewer look-ups; more of them count as more than one mistake. */
const LOOK_UPS_OF_A_MISTAKE = 8;

/** Where the link of one request is looked for. */
export interface LinkSearch {
  domains: Domains;
  links: Links;
  /** The address that asks. */
  ip: string;
  /** It has asked for too many unknown links: nothing is looked up for it that is not likely to be there. */
  isLimited: boolean;
  /** How many times MongoDB was asked for it, or may have been. */
  lookUps: number;
}

/**
 * Links are not to be found by trying them out. An address that has asked for too many unknown ones costs no look-up until the
 * minute is over; links that this process knows, or that have changed not long ago, are found for it all the same.
 */
export class LinkSearches {
  private readonly guesses: NotFoundLimiter;
  private readonly known: Pick<LinkSearch, 'domains' | 'links'>;

  /** @param perMinute unknown links that an address may ask for; 0: any number. */
  constructor(
    private readonly domains: Pick<DomainCache, 'getCached' | 'find'>,
    private readonly links: Pick<LinkCache, 'getCached' | 'find' | 'isLikely'>,
    perMinute: number,
  ) {
    this.guesses = new NotFoundLimiter({ perMinute: perMinute || Number.POSITIVE_INFINITY });
    this.known = {
      domains: {
        find: (hostname) => {
          const domain = domains.getCached(hostname);
          return Promise.resolve(domain === 'unknown-yet' ? undefined : domain);
        },
      },
      links: {
        getCached: (hostname, slug) => links.getCached(hostname, slug),
        // One that has just changed is known to nobody, and must not wait for a visitor from elsewhere.
        find: (hostname, slug) =>
          links.isLikely(hostname, slug) ? links.find(hostname, slug) : Promise.resolve(undefined),
      },
    };
  }

  begin(ip: string): LinkSearch {
    if (this.guesses.isOver(ip)) return { ...this.known, ip, isLimited: true, lookUps: 0 };
    const { domains, links } = this;
    const find: Links['find'] = (hostname, slug) => {
      search.lookUps++;
      return links.find(hostname, slug, ip);
    };
    const getCached: Links['getCached'] = (hostname, slug) => links.getCached(hostname, slug);
    const search: LinkSearch = { domains, links: { getCached, find }, ip, isLimited: false, lookUps: 0 };
    return search;
  }

  /** To be asked once for each search that has found nothing: counts it, and says whether it is one too many. */
  isTooMany({ ip, isLimited, lookUps }: LinkSearch): boolean {
    return isLimited || this.guesses.isTooMany(ip, Math.max(1, Math.floor(lookUps / LOOK_UPS_OF_A_MISTAKE)));
  }
}
