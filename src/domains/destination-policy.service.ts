import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { readUrl, type UrlProblem } from '../platform/urls/url-rules.js';
import { UrlPolicy } from '../platform/urls/url-policy.service.js';
import { DomainCache } from './domain-cache.service.js';
import { hostnameOf } from './rules/hostname.js';

/** How long a host counts as one without short links. Thousands of imported links share a few hosts. */
const FOREIGN_TTL_MS = 2_000;

export interface DestinationProblem {
  code: UrlProblem['code'] | 'macro_place' | 'own_domain';
  message: string;
}

/** Decides where visitors may be sent: the URL policy of the operator, and never to a short link again. */
@Injectable()
export class DestinationPolicy {
  private readonly hostsWithoutLinks = new LRUCache<string, true>({ max: 10_000, ttl: FOREIGN_TTL_MS });
  private readonly publicHost: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly urls: UrlPolicy,
    private readonly domainCache: DomainCache,
  ) {
    this.publicHost = new URL(settings.publicUrl).hostname;
  }

  /**
   * The reason why no link may lead to this URL, or `undefined`.
   * @throws Error when the host is not in memory and MongoDB does not answer.
   */
  async problemOf(url: URL): Promise<UrlProblem | undefined> {
    return this.urls.problemOf(url, await this.isOwn(url.hostname));
  }

  /** The reason why a page of a domain (`rootUrl`, `notFoundUrl`, `expiredUrl`) may not have this URL, or `undefined`. */
  problemOfPage(text: string): DestinationProblem | undefined {
    if (/[{}]/.test(text))
      return { code: 'macro_place', message: 'macros are not filled in here: write the URL without braces' };
    const reading = readUrl(text);
    if (!reading.ok) return { code: reading.code, message: reading.message };
    const { url } = reading;
    const problem = url.hostname === this.publicHost ? undefined : this.urls.problemOf(url, false);
    if (problem !== undefined) return problem;
    const host = hostnameOf(url.host);
    return typeof this.domainCache.getCached(host) === 'object'
      ? {
          code: 'own_domain',
          message: `${host} is itself a domain of short links: visitors could be redirected in a loop`,
        }
      : undefined;
  }

  private async isOwn(hostname: string): Promise<boolean> {
    if (hostname === this.publicHost) return true;
    if (this.hostsWithoutLinks.has(hostname)) return false;
    const isOwn = (await this.domainCache.find(hostname)) !== undefined;
    if (!isOwn) this.hostsWithoutLinks.set(hostname, true);
    return isOwn;
  }
}
