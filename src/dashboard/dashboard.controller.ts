import { randomBytes } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOnPublicHost } from '../people/rules/request-source.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { Public } from '../platform/http/public.decorator.js';
import { DashboardFiles } from './dashboard-files.service.js';
import { dashboardHeaders } from './dashboard-headers.js';

const REDIRECTED = 'redirected';
const NONCE_BYTES = 16;
const YEAR_SECONDS = 31_536_000;
const NOT_BUILT = 'The dashboard is not built. Run `npm run build` where this server was installed.\n';

/** Serves the dashboard on PUBLIC_URL's host. Link domains never get here: see `Redirector.handle`. */
@ApiExcludeController()
@Public()
@Controller('app')
export class DashboardController {
  private readonly publicUrl: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly files: DashboardFiles,
  ) {
    this.publicUrl = settings.publicUrl;
  }

  /** Scripts and styles. The name of most contains a hash of the content, so that an update never mixes old with new ones. */
  @Get('assets/:name')
  async asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = this.isOnPublicHost(request) ? this.files.findAsset(name) : undefined;
    if (file === undefined) {
      await reply.status(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
      return;
    }
    void reply.headers({
      'cache-control': file.isImmutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      etag: file.etag,
      vary: 'accept-encoding',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    if ((request.headers['if-none-match'] ?? '').includes(file.etag)) {
      await reply.status(304).send();
      return;
    }
    void reply.type(file.contentType);
    if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      await reply.header('content-encoding', 'gzip').send(this.files.compress(file));
    } else {
      await reply.send(file.bytes);
    }
  }

  /** Every address is the same page: its script reads the path. */
  @Get(['', '*'])
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.isOnPublicHost(request)) {
      await this.redirectToPublicUrl(request, reply);
      return;
    }
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const page = this.files.renderPage(nonce);
    if (page === undefined) await reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    else await reply.headers(dashboardHeaders(nonce)).send(page);
  }

  private isOnPublicHost({ headers }: FastifyRequest): boolean {
    return isOnPublicHost({ host: headers.host }, this.publicUrl);
  }

  /** Browsers keep the fragment, and with it the token of a link. */
  private async redirectToPublicUrl(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('cache-control', 'no-store');
    const { pathname, searchParams } = new URL(request.url, this.publicUrl);
    if (searchParams.has(REDIRECTED)) {
      // The browser has asked for PUBLIC_URL, so a proxy has changed the host. Another redirect would be a loop.
      const text = `This request came with the host "${request.headers.host ?? ''}" instead of that of PUBLIC_URL, ${this.publicUrl}. The proxy before Hopback has to pass the Host header on unchanged.\n`;
      await reply.status(421).type('text/plain; charset=utf-8').send(text);
      return;
    }
    searchParams.set(REDIRECTED, '');
    await reply.redirect(`${this.publicUrl}${pathname}?${searchParams.toString()}`, 302);
  }
}
