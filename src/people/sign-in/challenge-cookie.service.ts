import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { findCookie, formatCookie, formatRemovedCookie, type HostCookie, hostCookie } from '../rules/cookies.js';
import { addCookie } from '../sessions/session-cookie.service.js';

const MAX_AGE_S = 600;

/** The cookie with the token of the challenge that a browser has to complete. */
@Injectable()
export class ChallengeCookie {
  private readonly cookie: HostCookie;

  constructor(@Inject(SETTINGS) { publicUrl }: Settings) {
    this.cookie = hostCookie('hopback-challenge', publicUrl);
  }

  /** The token; empty without one, which no challenge has. */
  read({ headers }: FastifyRequest): string {
    return findCookie(headers.cookie ?? '', this.cookie) ?? '';
  }

  set(reply: FastifyReply, token: string): void {
    addCookie(reply, formatCookie(this.cookie, token, MAX_AGE_S));
  }

  remove(reply: FastifyReply): void {
    addCookie(reply, formatRemovedCookie(this.cookie));
  }
}
