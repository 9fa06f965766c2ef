import { Injectable } from '@nestjs/common';
import { ERASURE_STEPS } from '../clicks/clicks.ports.js';
import { Ports } from '../platform/ports/ports.service.js';
import { ERASED_FACTS } from './click-facts/click-facts.js';
import { ConversionsRepository } from './conversions.repository.js';

/** Erases the personal data that conversions copied from an erased click. Counters and money do not change. */
@Injectable()
export class ConversionErasure {
  constructor(conversions: ConversionsRepository, ports: Ports) {
    ports.add(ERASURE_STEPS, 'conversions', (workspaceId, clickId, tx) =>
      conversions.updateMany(workspaceId, { clickId, facts: { $ne: null } }, { $set: ERASED_FACTS }, tx),
    );
  }
}
