import { Injectable } from '@nestjs/common';
import { ERASURE_STEPS, FIND_LINK_OWNER } from '../clicks/clicks.ports.js';
import { LinkOwners } from '../links/cache/link-owners.service.js';
import { Ports } from '../platform/ports/ports.service.js';
import { ERASED_FACTS } from './click-facts/click-facts.js';
import { ConversionsRepository } from './conversions.repository.js';

/** Erases the personal data that conversions copied from an erased click. Counters and money do not change. */
@Injectable()
export class ConversionErasure {
  constructor(conversions: ConversionsRepository, owners: LinkOwners, ports: Ports) {
    ports.provide(FIND_LINK_OWNER, async (number) => (await owners.ofNumber(number))?.workspaceId);
    ports.add(ERASURE_STEPS, 'conversions', (workspaceId, clickId, tx) =>
      conversions.updateMany(workspaceId, { clickId, facts: { $ne: null } }, { $set: ERASED_FACTS }, tx),
    );
  }
}
