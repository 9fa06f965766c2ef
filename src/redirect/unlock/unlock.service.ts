import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainCache } from '../../domains/domain-cache.service.js';
import { MAX_LOCATION_LENGTH } from '../../links/rules/destination/destination.js';
import type { EdgeHeaders } from '../../edge/edge-reply.js';
import { LinkCache } from '../../links/cache/link-cache.service.js';
import { PasswordHasher } from '../../links/password/password-hasher.service.js';
import { slugOfPath } from '../../links/rules/slug.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { outageLog } from '../../platform/logging/outage-log.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { findLink } from '../rules/find-link.js';
import { LinkSearches } from '../link-search.js';
import { linkPath } from '../pages/layout.js';
import { WITH_FORM_LEADING_AWAY } from '../pages/page-headers.js';
import { cookiesNeededPage, type PasswordMessage, passwordPage } from '../pages/password-page.js';
import { messagePage } from '../pages/report-page.js';
import {
  COOKIE_TEST,
  notFoundAnswer,
  type PageAnswer,
  type PageStatus,
  tooLongAnswer,
  tooManyUnknownAnswer,
} from '../pages/visitor-pages.js';
import { lockOf, UnlockCookies } from './unlock-cookies.service.js';
import { UnlockThrottle } from './unlock-throttle.service.js';
import type { LockedLink } from './unlock-token.js';

const MAX_PASSWORD = 128;
const RETRY_AFTER_SECONDS = 2;

// src/redirect/unlock: links with a password. Start here with `unlock`; unlock-throttle.service.ts limits the attempts,
// unlock-cookies.service.ts and unlock-token.ts keep a link open for a visitor.

/** The fields of the password form, and facts about its sender. */
export interface UnlockRequest {
  hostname: string;
  slug: string;
  /** The query of the visit, for the redirect. */
  query: string;
  password: string;
  address: string;
  cookie: string;
  isSecure: boolean;
}

export type UnlockOutcome = PageAnswer | { location: string; headers: EdgeHeaders };

/** Checks a link's password and gives the visitor an unlock cookie. The click is counted when the visitor is redirected. */
@Injectable()
export class UnlockService {
  private readonly searches: LinkSearches;

  constructor(
    domains: DomainCache,
    links: LinkCache,
    private readonly passwords: PasswordHasher,
    private readonly throttle: UnlockThrottle,
    private readonly cookies: UnlockCookies,
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
      // Path and query come from the form. They become a Location, and the path is in the cookie too.
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
      const counted = await this.throttle.count(lock._id, request.address);
      if (counted.waitSeconds > 0) return again(429, 'too_many', counted.waitSeconds);
      const isRight = await this.isRight(lock, request.password);
      if (isRight === undefined) return again(503, 'busy', RETRY_AFTER_SECONDS);
      if (!isRight) return again(403, 'wrong');

      await this.throttle.forgive(lock._id, request.address, counted);
      const headers = { 'set-cookie': this.cookies.create(lock, path, request.isSecure, Date.now()) };
      if (request.cookie.includes(COOKIE_TEST)) return { location: target, headers };
      return { status: 200, html: cookiesNeededPage(request.slug, query), headers };
    } catch (error) {
      if (isUnavailable(error)) outageLog(this.logger, 'MongoDB').noteFailure(error);
      else limitedLog(this.logger).error({ err: error }, 'a password could not be checked; answered 503');
      const html = messagePage('Not now', 'The password cannot be checked at the moment. Please try again shortly.');
      return { status: 503, html, headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
    }
  }

  /** `undefined` when too many passwords are being checked. */
  private async isRight({ _id, passwordHash }: LockedLink, password: string): Promise<boolean | undefined> {
    try {
      return await this.passwords.matches(_id, passwordHash, password);
    } catch (error) {
      if (error instanceof ProblemException) return undefined;
      throw error;
    }
  }
}

/** The query, if it is printable ASCII. Other texts were not sent by the form. */
function printable(query: string): string {
  return /^[!"$-~]*$/.test(query) ? query : '';
}
