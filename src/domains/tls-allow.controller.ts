import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { type IsTrustedProxy, trustedProxies } from '../platform/http/requests/client-address.js';
import { isForwarded } from '../platform/http/requests/forwarding-headers.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { Public } from '../platform/http/public.decorator.js';
import { DomainCache } from './domain-cache.service.js';
import { hostnameOf } from './rules/hostname.js';

const LOOPBACK = ['127.0.0.0/8', '::1'];

/**
 * Caddy asks here before it fetches a certificate (https://caddyserver.com/docs/caddyfile/options#on-demand-tls):
 * 200 for a host whose links we serve, 404 for any other. Only the proxy's own requests are answered, so that visitors
 * cannot find out which hostnames are served here.
 */
@ApiExcludeController()
@Public()
@Controller('internal/tls-allow')
export class TlsAllowController {
  private readonly isProxy: IsTrustedProxy;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly domainCache: DomainCache,
  ) {
    this.isProxy = trustedProxies([...LOOPBACK, ...settings.trustedProxies]);
  }

  @Get()
  async ask(@Req() request: FastifyRequest, @Query('domain') hostname?: string): Promise<{ allowed: true }> {
    const isAsked = typeof hostname === 'string' && this.isFromProxy(request);
    if (isAsked && (await this.domainCache.find(hostnameOf(hostname))) !== undefined) return { allowed: true };
    throw new ProblemException('not_found', 'No verified domain has this name.');
  }

  /** Decided by the socket's address: headers can be forged. */
  private isFromProxy({ raw, headers }: FastifyRequest): boolean {
    return this.isProxy(raw.socket.remoteAddress ?? '') && !isForwarded(headers);
  }
}
