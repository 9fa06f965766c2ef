import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ClickCountersRepository } from '../counters/click-counters.repository.js';
import { ClickAggregate } from '../counters/rules/click-aggregate.js';
import { VariantLimit } from '../counters/rules/variant-limit.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { Click } from './click.schema.js';
import { countedClick } from './rules/counted-click.js';
import { ClickBatchesRepository } from './shipper/click-batches.repository.js';

/** The rows of link counters that this writer adds to. The shipper has its own. */
const STRIPE = 'bulk';

/** Stores many complete clicks as the shipper does, for clicks that did not come through the redirect. */
@Injectable()
export class ClickBulkWriter {
  private readonly batches: ClickBatchesRepository;
  private readonly counters: ClickCountersRepository;
  private readonly variantLimit = new VariantLimit();

  constructor(@InjectConnection() connection: Connection) {
    this.batches = new ClickBatchesRepository(connection);
    this.counters = new ClickCountersRepository(connection, STRIPE);
  }

  /** Stores the clicks that are not stored yet. @returns all of them as they are stored. */
  async insert(clicks: readonly Click[]): Promise<Click[]> {
    return (await this.batches.insert(clicks)).clicks;
  }

  /** Adds clicks to the counters of their links. The transaction must also note that this was done. */
  async count(clicks: readonly Click[], tx: Transaction): Promise<void> {
    const aggregate = new ClickAggregate(this.variantLimit);
    for (const click of clicks) aggregate.add(countedClick(click));
    await this.counters.add(aggregate, tx);
  }
}
