import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { findCookie, formatCookie, formatRemovedCookie, type HostCookie, hostCookie } from '../rules/cookies.js';
import { addCookie } from '../sessions/session-cookie.service.js';

const MAX_AGE_S = 600;

/** The challenges that a browser completes. Those of links in mails have no cookie. */
export type BrowserChallenge = 'totp' | 'passkey-sign-in' | 'passkey-registration' | 'oidc';

/**
 * The cookies with the tokens of the challenges that a browser has to complete. Each purpose has its own, so that the offer of
 * a passkey in one tab does not end a sign-in in another.
 */
@Injectable()
export class ChallengeCookies {
  private readonly publicUrl: string;

  constructor(@Inject(SETTINGS) { publicUrl }: Settings) {
    this.publicUrl = publicUrl;
  }

  /** The token; empty without one, which no challenge has. */
  read({ headers }: FastifyRequest, purpose: BrowserChallenge): string {
    return findCookie(headers.cookie ?? '', this.cookieFor(purpose)) ?? '';
  }

  set(reply: FastifyReply, purpose: BrowserChallenge, token: string): void {
    addCookie(reply, formatCookie(this.cookieFor(purpose), token, MAX_AGE_S));
  }

  remove(reply: FastifyReply, purpose: BrowserChallenge): void {
    addCookie(reply, formatRemovedCookie(this.cookieFor(purpose)));
  }

  private cookieFor(purpose: BrowserChallenge): HostCookie {
    return hostCookie(`hopback-${purpose}`, this.publicUrl);
  }
}
