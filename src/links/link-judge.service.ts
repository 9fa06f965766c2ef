import { parseUrl } from '../platform/urls/parse-url.js';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainsService } from '../domains/domains.service.js';
import type { FieldProblem } from '../platform/http/problem.js';
import { type UrlWarning, warningsOf } from '../platform/urls/lookalikes.js';
import { UrlJudge } from '../platform/urls/url-judge.service.js';
import { parseUrlTemplate } from './destination/url-template.js';
import { type HasUrls, IMAGE, urlsOf } from './link-urls.js';

/** For so long a host is taken for somebody else's; thousands of links in a row lead to the same few. */
const FOREIGN_TTL_MS = 2_000;

/** Judges the URLs of links, with their macros in place. */
@Injectable()
export class LinkJudge implements OnModuleInit {
  private readonly foreign = new LRUCache<string, true>({ max: 10_000, ttl: FOREIGN_TTL_MS });

  constructor(
    private readonly judge: UrlJudge,
    private readonly domains: DomainsService,
  ) {}

  onModuleInit(): void {
    this.judge.knowOwnHosts((hostname) => this.isOwn(hostname));
  }

  /** What is wrong with the URLs of a request, all of it. */
  async problems(input: HasUrls): Promise<FieldProblem[]> {
    const found = await Promise.all(
      urlsOf(input).map(async ({ path, url: text }): Promise<FieldProblem[]> => {
        const reading = parseUrlTemplate(text);
        if (!reading.ok) return [{ path, code: reading.code, message: reading.message }];
        const url = new URL(reading.url);
        if (path === IMAGE && !/^https?:$/.test(url.protocol)) return [{ path, ...NO_IMAGE }];
        const problem = await this.judge.problemOf(url);
        return problem ? [{ path, ...problem }] : [];
      }),
    );
    return found.flat();
  }

  /** Whether a stored link leads to what is not allowed any more. */
  isBanned(link: HasUrls): boolean {
    return urlsOf(link).some(({ url }) => {
      const parsed = parseUrl(url);
      return parsed !== undefined && this.judge.isBanned(parsed);
    });
  }

  private async isOwn(hostname: string): Promise<boolean> {
    if (this.foreign.has(hostname)) return false;
    const isOwn = await this.domains.isServed(hostname);
    if (!isOwn) this.foreign.set(hostname, true);
    return isOwn;
  }
}

const NO_IMAGE = { code: 'scheme', message: 'an image is fetched by http or https' };

/** What a person should look at before the link is given to others, each said once. */
export function linkWarnings(link: HasUrls): UrlWarning[] {
  const warnings = urlsOf(link)
    .filter(({ url }) => url.includes('xn--')) // of plain hosts there is nothing to say
    .flatMap(({ url }) => {
      const parsed = parseUrl(url);
      return parsed === undefined ? [] : warningsOf(parsed);
    });
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

/** Why a link is suspended that leads where nobody may be led. */
export const BLOCKLIST = 'blocklist';
