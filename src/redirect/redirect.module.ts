import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { LinksModule } from '../links/links.module.js';
import { RedirectHandler } from './redirect.handler.js';

@Module({
  imports: [LinksModule, ClicksModule],
  providers: [RedirectHandler],
  exports: [RedirectHandler],
})
export class RedirectModule {}
