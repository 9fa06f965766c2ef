import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClickErasures } from '../clicks/erasure/click-erasures.service.js';
import { LinkOwners } from '../links/link-owners.service.js';
import { ConversionsRepository } from './conversions.repository.js';

/** What conversions have copied from a click is erased with it: its sub ids. What is counted and paid stays. */
@Injectable()
export class ConversionErasure implements OnModuleInit {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly owners: LinkOwners,
    private readonly erasures: ClickErasures,
  ) {}

  onModuleInit(): void {
    this.erasures.register({
      ownerOf: async (number) => (await this.owners.ofNumber(number))?.workspaceId,
      step: (workspaceId, clickId, tx) =>
        this.conversions.updateMany(workspaceId, { clickId, facts: { $ne: null } }, { $set: { 'facts.subs': {} } }, tx),
    });
  }
}
