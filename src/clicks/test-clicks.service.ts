import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ClickIdService } from './click-id.service.js';
import { ClicksRepository } from './clicks.repository.js';

/** Creates clicks to test networks with. They are stored like other clicks and counted nowhere. */
@Injectable()
export class TestClicks {
  constructor(
    private readonly clickIds: ClickIdService,
    private readonly clicks: ClicksRepository,
  ) {}

  /** @returns the click id. */
  async make(workspaceId: WorkspaceId, link: { _id: string; number: number }): Promise<string> {
    const clickId = this.clickIds.mintTest(link.number);
    await this.clicks.insert(workspaceId, {
      _id: clickId,
      linkId: link._id,
      at: new Date(),
      userAgent: 'Hopback test',
      language: undefined,
      referrer: undefined,
      referrerHost: undefined,
      query: [],
      subs: {},
      country: undefined,
      region: undefined,
      city: undefined,
      asn: undefined,
      device: undefined,
      os: undefined,
      browser: undefined,
      inApp: undefined,
      botReason: undefined,
      visitorKey: 'test',
      isUnique: false,
      isTest: true,
    });
    return clickId;
  }
}
