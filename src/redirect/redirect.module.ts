import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { LinksModule } from '../links/links.module.js';
import { Guide } from './guide.service.js';
import { Places } from './places.service.js';
import { SimulateController } from './simulate/links-simulate.controller.js';
import { Simulator } from './simulate/simulator.service.js';
import { LinkSnapshot } from './snapshot/link-snapshot.service.js';
import { Redirector } from './redirector.service.js';
import { Unlocks } from './unlock/unlocks.service.js';

@Module({
  imports: [LinksModule, ClicksModule],
  controllers: [SimulateController],
  providers: [Redirector, Guide, Places, Unlocks, Simulator, LinkSnapshot],
  exports: [Redirector, LinkSnapshot],
})
export class RedirectModule {}
