import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { readUrl, type UrlProblem } from '../platform/urls/url-rules.js';
import { UrlPolicy } from '../platform/urls/url-policy.service.js';
import { DomainCache } from './domain-cache.service.js';
import { hostnameOf } from './rules/hostname.js';

/** A host that serves no short links is believed to serve none for this time: thousands of links in a row share a few hosts. */
const FOREIGN_TTL_MS = 2_000;

export interface DestinationProblem {
  code: UrlProblem['code'] | 'macro_place' | 'own_domain';
  message: string;
}

/** Decides where visitors may be led: the operator's URL rules, and not to a short link again. */
@Injectable()
export class DestinationPolicy {
  private readonly foreign = new LRUCache<string, true>({ max: 10_000, ttl: FOREIGN_TTL_MS });
  private readonly publicHost: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly urls: UrlPolicy,
    private readonly directory: DomainCache,
  ) {
    this.publicHost = new URL(settings.publicUrl).hostname;
  }

  /**
   * Why no link may lead to this URL, or `undefined`.
   * @throws Error when the host is not known here and MongoDB does not answer.
   */
  async problemOf(url: URL): Promise<UrlProblem | undefined> {
    return this.urls.problemOf(url, await this.isOwn(url.hostname));
  }

  /** Why a page of a domain (`rootUrl`, `notFoundUrl`, `expiredUrl`) may not be at this URL, or `undefined`. */
  problemOfPage(text: string): DestinationProblem | undefined {
    if (/[{}]/.test(text)) return { code: 'macro_place', message: 'macros have no values here' };
    const reading = readUrl(text);
    if (!reading.ok) return { code: reading.code, message: reading.message };
    const { url } = reading;
    const problem = url.hostname === this.publicHost ? undefined : this.urls.problemOf(url, false);
    if (problem !== undefined) return problem;
    const host = hostnameOf(url.host);
    return typeof this.directory.getCached(host) === 'object'
      ? { code: 'own_domain', message: `${host} is a domain of short links itself: visitors could go round in circles` }
      : undefined;
  }

  private async isOwn(hostname: string): Promise<boolean> {
    if (hostname === this.publicHost) return true;
    if (this.foreign.has(hostname)) return false;
    const isOwn = (await this.directory.find(hostname)) !== undefined;
    if (!isOwn) this.foreign.set(hostname, true);
    return isOwn;
  }
}
