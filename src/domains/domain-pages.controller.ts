import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { Public } from '../platform/http/public.decorator.js';
import type { AppFile } from './rules/app-files/app-files.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainReadModel } from './domain.read-model.js';
import { hostnameOf } from './rules/hostname.js';
import { UnmatchedVisits } from './unmatched/unmatched-visits.service.js';
import { robotsTag, type ServedDomain } from './rules/served-domain.js';

// Fetching is allowed for noindex domains too: a crawler that may not fetch a link never sees its X-Robots-Tag.
const ROBOTS_TXT = 'User-agent: *\nDisallow:\n';
/** Apple and Google keep these files for days in any case. Caches before them must notice a change soon. */
const APP_FILE_CACHING = 'public, max-age=300';

/** The pages that a verified host has besides its short links. */
@ApiExcludeController()
@Public()
@Controller()
export class DomainPagesController {
  private readonly publicHostname: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly domainCache: DomainCache,
    private readonly domainReadModel: DomainReadModel,
    private readonly unmatched: UnmatchedVisits,
  ) {
    this.publicHostname = new URL(settings.publicUrl).hostname;
  }

  /** Redirects to the domain's `rootUrl`. Without one, PUBLIC_URL's host redirects to the dashboard. */
  @Get()
  async root(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const hostname = hostnameOf(request.headers.host ?? '');
    const isPublic = hostname === this.publicHostname;
    // The operator's own host must not depend on MongoDB.
    const domain = isPublic ? await this.find(hostname).catch(() => undefined) : await this.find(hostname);
    if (domain !== undefined) {
      const userAgent = request.method === 'HEAD' ? '' : (request.headers['user-agent'] ?? '');
      this.unmatched.count(domain, 'root', { userAgent });
    }
    const location = domain?.rootUrl ?? (isPublic ? '/app' : undefined);
    if (location === undefined) sendNotFound(reply, domain);
    else void withRobots(reply, domain).header('cache-control', 'private, no-store').redirect(location, 302);
  }

  @Get('robots.txt')
  async robots(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const domain = await this.find(hostnameOf(request.headers.host ?? ''));
    if (domain === undefined) sendNotFound(reply, domain);
    else void withRobots(reply, domain).type('text/plain; charset=utf-8').send(ROBOTS_TXT);
  }

  /** For apps of iOS and macOS. Apple follows no redirect for this file. */
  @Get('.well-known/apple-app-site-association')
  appleAppSiteAssociation(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.appFile('appleAppSiteAssociation', request, reply);
  }

  /** For Android apps. Google accepts only a 200 with JSON. */
  @Get('.well-known/assetlinks.json')
  assetLinks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.appFile('assetLinks', request, reply);
  }

  private async appFile(file: AppFile, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const domain = await this.find(hostnameOf(request.headers.host ?? ''));
    const text = domain && (await this.domainReadModel.appFile(domain.id, file));
    if (text === undefined) sendNotFound(reply, domain);
    else sendJson(withRobots(reply, domain).header('cache-control', APP_FILE_CACHING), text);
  }

  private find(hostname: string): Promise<ServedDomain | undefined> {
    return this.domainCache.find(hostname);
  }
}

function sendNotFound(reply: FastifyReply, domain: ServedDomain | undefined): void {
  void withRobots(reply, domain)
    .status(404)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('text/plain; charset=utf-8')
    .send('There is nothing here.\n');
}

/** Sends bytes: Fastify adds a charset to text, and JSON has none (RFC 8259, section 11). */
function sendJson(reply: FastifyReply, json: string): void {
  void reply.type('application/json').send(Buffer.from(json));
}

function withRobots(reply: FastifyReply, domain: ServedDomain | undefined): FastifyReply {
  const tag = robotsTag(domain);
  return tag === undefined ? reply : reply.header('x-robots-tag', tag);
}
