import { parseUrl } from '../../platform/urls/parse-url.js';
import { Injectable } from '@nestjs/common';
import { DestinationPolicy } from '../../domains/destination-policy.service.js';
import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { UrlPolicy } from '../../platform/urls/url-policy.service.js';
import { parseUrlTemplate } from '../rules/destination/url-template.js';
import type { Link } from '../link.schema.js';
import { framedUrlsOf, type HasUrls, IMAGE, urlsOf } from '../rules/link-urls.js';

/** The reason of a suspension whose link leads to a destination that is not allowed. */
const BLOCKLIST = 'blocklist';

interface MaybeCloaked {
  cloak?: boolean | null | undefined;
}

/** Judges the URLs of links, with their macros in place. */
@Injectable()
export class LinkUrlPolicy {
  constructor(
    private readonly urls: UrlPolicy,
    private readonly destinations: DestinationPolicy,
  ) {}

  /** Lists all problems of the URLs of a request. */
  async problems(input: HasUrls & MaybeCloaked): Promise<FieldProblem[]> {
    const framed = new Set(input.cloak ? framedUrlsOf(input).map(({ path }) => path) : []);
    const found = await Promise.all(
      urlsOf(input).map(async ({ path, url: text }): Promise<FieldProblem[]> => {
        const reading = parseUrlTemplate(text);
        if (!reading.ok) return [{ path, code: reading.code, message: reading.message }];
        const url = new URL(reading.url);
        if (path === IMAGE && !/^https?:$/.test(url.protocol)) return [{ path, ...NO_IMAGE }];
        const problem = await this.destinations.problemOf(url);
        if (problem) return [{ path, ...problem }];
        return framed.has(path) && !isPage(reading.url) ? [{ path, ...NOT_FRAMEABLE }] : [];
      }),
    );
    return found.flat();
  }

  /** Whether a stored link leads to what is not allowed any more. */
  isBanned(link: HasUrls): boolean {
    return urlsOf(link).some(({ url }) => {
      const parsed = parseUrl(url);
      return parsed !== undefined && this.urls.isBanned(parsed);
    });
  }

  /** The new suspension of a link by the current verdict on its URLs; empty where it does not change. */
  suspension(link: HasUrls & Pick<Link, 'suspended'>, now: Date): Pick<Link, 'suspended'> {
    const isBanned = this.isBanned(link);
    if (link.suspended) return isBanned || link.suspended.reason !== BLOCKLIST ? {} : { suspended: null };
    return isBanned ? { suspended: { reason: BLOCKLIST, at: now } } : {};
  }
}

const NOT_FRAMEABLE = {
  code: 'not_frameable',
  message:
    'a cloaked link shows its destination in a frame, which works with http and https only: change the URL, or switch cloak off',
};

function isPage(url: string): boolean {
  return /^https?:/i.test(url);
}

/**
 * Lists the URLs that a cloaked link, as it would be after a change, cannot show in a frame.
 * @param change what the errors can name; for what stood there before, they name `cloak`.
 */
export function cloakProblems(link: HasUrls & MaybeCloaked, change: object): FieldProblem[] {
  const given = new Set(Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : name)));
  const unframeable = link.cloak ? framedUrlsOf(link).filter(({ url }) => !isPage(url)) : [];
  return unframeable.map(({ path, url }) => {
    if (given.has(path.split('.')[0] ?? '')) return { path, ...NOT_FRAMEABLE };
    return { path: 'cloak', code: NOT_FRAMEABLE.code, message: `${path} is ${url}: ${NOT_FRAMEABLE.message}` };
  });
}

const NO_IMAGE = { code: 'scheme', message: 'an image is fetched by http or https' };
