import { Controller, Get, Inject, Redirect, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { ProblemException } from './problem.js';
import { Public } from './public.decorator.js';

/** The root of PUBLIC_URL shows the API's docs; on every other host there is nothing at the root. */
@ApiExcludeController()
@Public()
@Controller()
export class HomeController {
  private readonly publicHostname: string;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.publicHostname = new URL(settings.publicUrl).hostname;
  }

  @Get()
  @Redirect('/api/docs', 302)
  home(@Req() request: FastifyRequest): void {
    if (request.hostname !== this.publicHostname) throw new ProblemException('not_found', 'There is nothing here.');
  }
}
