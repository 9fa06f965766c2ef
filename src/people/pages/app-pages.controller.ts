import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { Public } from '../../platform/http/public.decorator.js';
import { isOnPublicHost } from '../rules/request-source.js';
import { AppAssets } from './app-assets.service.js';
import { APP_PAGE_HEADERS, appLayout, missingPage } from './app-layout.js';
import { APP_PAGES } from './app-pages.js';

const REDIRECTED = 'redirected';

// src/people/pages: the pages for people under /app. The server sends the frame of a page (app-layout.ts); its script in
// browser/ fills it, and uses the JSON API only. Start here; app-pages.ts lists the pages.

/** Serves the pages on PUBLIC_URL's host. Link domains never get here: see `Redirector.handle`. */
@ApiExcludeController()
@Public()
@Controller('app')
export class AppPagesController {
  private readonly publicUrl: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly assets: AppAssets,
  ) {
    this.publicUrl = settings.publicUrl;
  }

  @Get()
  home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page('', request, reply);
  }

  /** The scripts. Browsers ask each time whether they have changed, so that an update never mixes old with new ones. */
  @Get('assets/:name')
  async asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asset = this.isOnPublicHost(request) ? this.assets.find(name) : undefined;
    if (asset === undefined) {
      await reply.status(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
      return;
    }
    void reply.headers({
      'cache-control': 'no-cache',
      etag: asset.etag,
      'cross-origin-resource-policy': 'same-origin',
    });
    if ((request.headers['if-none-match'] ?? '').includes(asset.etag)) await reply.status(304).send();
    else await reply.type('text/javascript; charset=utf-8').send(asset.text);
  }

  @Get(':page')
  async page(@Param('page') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.isOnPublicHost(request)) {
      await this.redirectToPublicUrl(path, request, reply);
      return;
    }
    const page = APP_PAGES.get(path);
    await reply
      .status(page === undefined ? 404 : 200)
      .headers(APP_PAGE_HEADERS)
      .send(page === undefined ? missingPage() : appLayout(page));
  }

  private isOnPublicHost({ headers }: FastifyRequest): boolean {
    return isOnPublicHost({ host: headers.host }, this.publicUrl);
  }

  /** Browsers keep the fragment, and with it the token of a link. */
  private async redirectToPublicUrl(path: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    void reply.header('cache-control', 'no-store');
    const { search } = new URL(request.url, this.publicUrl);
    if (search === `?${REDIRECTED}`) {
      // The browser has asked for PUBLIC_URL, so a proxy has changed the host. Another redirect would be a loop.
      const text = `This request came with the host "${request.headers.host ?? ''}" instead of that of PUBLIC_URL, ${this.publicUrl}. The proxy before Hopback has to pass the Host header on unchanged.\n`;
      await reply.status(421).type('text/plain; charset=utf-8').send(text);
      return;
    }
    const page = APP_PAGES.has(path) && path !== '' ? `/${path}` : '';
    await reply.redirect(`${this.publicUrl}/app${page}?${REDIRECTED}`, 302);
  }
}
