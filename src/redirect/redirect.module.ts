import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { LinksModule } from '../links/links.module.js';
import { LinkSnapshot } from './snapshot/link-snapshot.service.js';
import { Redirector } from './redirector.service.js';

@Module({
  imports: [LinksModule, ClicksModule],
  providers: [Redirector, LinkSnapshot],
  exports: [Redirector, LinkSnapshot],
})
export class RedirectModule {}
