import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { DomainsModule } from '../domains/domains.module.js';
import { AbuseModule } from '../links/abuse/abuse.module.js';
import { LinksModule } from '../links/links.module.js';
import { PasswordModule } from '../links/password/password.module.js';
import { CheckController } from './check/links-check.controller.js';
import { LinkCheck } from './check/link-check.service.js';
import { DraftPreviewService } from './draft/draft-preview.service.js';
import { DraftPreviewController } from './draft/links-preview.controller.js';
import { GeoService } from './geo.service.js';
import { HiddenLinks } from './hidden-links.service.js';
import { LinkResponder } from './link-responder.service.js';
import { LinkRouter } from './link-router.service.js';
import { SimulateController } from './simulate/links-simulate.controller.js';
import { Simulator } from './simulate/simulator.service.js';
import { ReportController } from './report/report.controller.js';
import { ReportLimit } from './report/report-limit.service.js';
import { LinkSnapshot } from './snapshot/link-snapshot.service.js';
import { Redirector } from './redirector.service.js';
import { UnlockController } from './unlock/unlock.controller.js';
import { UnlockCookies } from './unlock/unlock-cookies.service.js';
import { UnlockService } from './unlock/unlock.service.js';
import { UnlockThrottle } from './unlock/unlock-throttle.service.js';

// src/redirect: answers visits to short links. Start reading with `Redirector.handle`. check/, draft/ and simulate/ try a
// link without a visitor, unlock/ and report/ are the forms for visitors, snapshot/ serves links while MongoDB is away at the start.
@Module({
  imports: [DomainsModule, LinksModule, PasswordModule, AbuseModule, ClicksModule],
  controllers: [DraftPreviewController, SimulateController, CheckController, UnlockController, ReportController],
  providers: [
    Redirector,
    LinkRouter,
    LinkResponder,
    GeoService,
    UnlockThrottle,
    UnlockCookies,
    UnlockService,
    ReportLimit,
    Simulator,
    DraftPreviewService,
    LinkCheck,
    LinkSnapshot,
    HiddenLinks,
  ],
  exports: [Redirector, LinkSnapshot],
})
export class RedirectModule {}
