import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { findCookie, formatCookie, formatRemovedCookie, type HostCookie, hostCookie } from '../rules/cookies.js';
import { isFromOwnSite, isOnPublicHost, maySignIn, type RequestSource } from '../rules/request-source.js';

const MAX_AGE_S = 90 * 86_400;

/** The cookie of a session. It is sent and accepted on PUBLIC_URL's host only. */
@Injectable()
export class SessionCookie {
  private readonly cookie: HostCookie;
  private readonly publicUrl: string;

  constructor(@Inject(SETTINGS) { publicUrl }: Settings) {
    this.cookie = hostCookie('hopback', publicUrl);
    this.publicUrl = publicUrl;
  }

  /**
   * The token of a request. `undefined`: no cookie, or on another host.
   * @throws ProblemException 403 for a request that another site may have caused.
   */
  read(request: FastifyRequest): string | undefined {
    const token = findCookie(request.headers.cookie ?? '', this.cookie);
    if (token === undefined || token === '') return undefined;
    const source = sourceOf(request);
    if (!isOnPublicHost(source, this.publicUrl)) return undefined;
    if (!isFromOwnSite(source, this.publicUrl)) throw new ProblemException('forbidden', FOREIGN);
    return token;
  }

  /** @throws ProblemException 403 for a sign-in on another host, or one that another site may have caused. */
  assertMaySignIn(request: FastifyRequest): void {
    this.assertOnPublicHost(request);
    if (!maySignIn(sourceOf(request), this.publicUrl)) throw new ProblemException('forbidden', FOREIGN);
  }

  /** @throws ProblemException 403 on another host: link domains serve links only. */
  assertOnPublicHost(request: FastifyRequest): void {
    if (isOnPublicHost(sourceOf(request), this.publicUrl)) return;
    throw new ProblemException('forbidden', `Sign in on ${this.publicUrl}: it is the address of this Hopback.`);
  }

  set(reply: FastifyReply, token: string): void {
    addCookie(reply, formatCookie(this.cookie, token, MAX_AGE_S));
  }

  remove(reply: FastifyReply): void {
    addCookie(reply, formatRemovedCookie(this.cookie));
  }
}

/** Adds a cookie to those that the answer has already. */
export function addCookie(reply: FastifyReply, cookie: string): void {
  void reply.header('set-cookie', cookie).header('cache-control', 'no-store');
}

function sourceOf({ method, headers }: FastifyRequest): RequestSource {
  const { host, origin } = headers;
  return {
    method,
    host,
    origin,
    secFetchSite: one(headers['sec-fetch-site']),
    secFetchMode: one(headers['sec-fetch-mode']),
  };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join() : value;
}

const FOREIGN = 'Another site sent this request in your name, so it was refused.';
