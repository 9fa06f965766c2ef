import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProblemException } from '../platform/http/problem.js';
import { Public } from '../platform/http/public.decorator.js';
import { DomainsService } from './domains.service.js';

/**
 * Caddy asks here before it fetches a certificate (https://caddyserver.com/docs/caddyfile/options#on-demand-tls):
 * 200 for a host whose links we serve, 404 for any other.
 */
@ApiExcludeController()
@Public()
@Controller('internal/tls-allow')
export class TlsAllowController {
  constructor(private readonly domains: DomainsService) {}

  @Get()
  async ask(@Query('domain') hostname?: string): Promise<{ allowed: true }> {
    if (typeof hostname === 'string' && (await this.domains.isServed(hostname.toLowerCase()))) return { allowed: true };
    throw new ProblemException('not_found', 'No verified domain has this name.');
  }
}
