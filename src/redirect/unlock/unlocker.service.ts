import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainDirectory } from '../../domains/domain-directory.service.js';
import { MAX_LOCATION_LENGTH } from '../../links/destination/destination.js';
import { LinkCache } from '../../links/link-cache.service.js';
import { PasswordHasher } from '../../links/password/password-hasher.service.js';
import { slugOfPath } from '../../links/slug.js';
import { ProblemException } from '../../platform/http/problem.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { findLink } from '../find-link.js';
import { LinkSearches } from '../link-search.js';
import { linkPath } from '../pages/layout.js';
import { WITH_FORM_LEADING_AWAY } from '../pages/page-headers.js';
import { cookiesNeededPage, type PasswordMessage, passwordPage } from '../pages/password-page.js';
import { messagePage } from '../pages/report-page.js';
import {
  COOKIE_TEST,
  notFoundAnswer,
  type PageAnswer,
  tooLongAnswer,
  tooManyUnknownAnswer,
} from '../pages/visitor-pages.js';
import type { ExtraHeaders, PageStatus } from '../short-link-request.js';
import { Tries } from './tries.service.js';
import type { LockedLink } from './unlock-cookie.js';
import { lockOf, Unlocks } from './unlocks.service.js';

const MAX_PASSWORD = 128;
const RETRY_AFTER_SECONDS = 2;

/** What the form of the password page says, and who sends it. */
export interface UnlockRequest {
  hostname: string;
  slug: string;
  /** The visitor's own, which goes on with them. */
  query: string;
  password: string;
  address: string;
  cookie: string;
  isSecure: boolean;
}

export type UnlockOutcome = PageAnswer | { location: string; headers: ExtraHeaders };

/** Lets those pass who know a link's password. No click is counted here: that comes when they are led on. */
@Injectable()
export class Unlocker {
  private readonly searches: LinkSearches;

  constructor(
    domains: DomainDirectory,
    links: LinkCache,
    private readonly passwords: PasswordHasher,
    private readonly tries: Tries,
    private readonly unlocks: Unlocks,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.searches = new LinkSearches(domains, links, settings.rateLimits.address);
  }

  async unlock(request: UnlockRequest): Promise<UnlockOutcome> {
    const path = linkPath(request.slug);
    const slug = slugOfPath(path);
    const query = printable(request.query);
    try {
      const search = this.searches.begin(request.address);
      const { domains, links } = search;
      const found = slug === undefined ? undefined : await findLink(domains, links, request.hostname, slug);
      if (found === undefined) return this.searches.isTooMany(search) ? tooManyUnknownAnswer() : notFoundAnswer();
      const target = query === '' ? path : `${path}?${query}`;
      // Path and query come out of the form: they are a Location, and the path stands in the cookie, too.
      if (target.length + path.length > MAX_LOCATION_LENGTH) return tooLongAnswer();
      const lock = lockOf(found.link);
      if (lock === undefined) return { location: target, headers: {} };

      const again = (status: PageStatus, message: PasswordMessage, retryAfterSeconds?: number): PageAnswer => ({
        status,
        html: passwordPage({ slug: request.slug, query, message, ...(retryAfterSeconds && { retryAfterSeconds }) }),
        headers: {
          ...WITH_FORM_LEADING_AWAY,
          ...(retryAfterSeconds && { 'retry-after': String(retryAfterSeconds) }),
        },
      });
      if ([...request.password].length > MAX_PASSWORD) return again(403, 'too_long');
      const counted = await this.tries.take(lock._id, request.address);
      if (counted.waitSeconds > 0) return again(429, 'too_many', counted.waitSeconds);
      const isRight = await this.isRight(lock, request.password);
      if (isRight === undefined) return again(503, 'busy', RETRY_AFTER_SECONDS);
      if (!isRight) return again(403, 'wrong');

      await this.tries.forgive(lock._id, request.address, counted);
      const headers = { 'set-cookie': this.unlocks.cookie(lock, path, request.isSecure, Date.now()) };
      if (request.cookie.includes(COOKIE_TEST)) return { location: target, headers };
      return { status: 200, html: cookiesNeededPage(request.slug, query), headers };
    } catch (error) {
      limitedLog(this.logger).error({ err: error }, 'a password could not be checked');
      const html = messagePage('Not now', 'The password can not be checked at the moment. Please try again shortly.');
      return { status: 503, html, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
    }
  }

  /** `undefined` when too many are being checked. */
  private async isRight({ _id, passwordHash }: LockedLink, password: string): Promise<boolean | undefined> {
    try {
      return await this.passwords.matches(_id, passwordHash, password);
    } catch (error) {
      if (error instanceof ProblemException) return undefined;
      throw error;
    }
  }
}

/** As a query is on the wire. What else is in there did not come by the form that we gave. */
function printable(query: string): string {
  return /^[!"$-~]*$/.test(query) ? query : '';
}
