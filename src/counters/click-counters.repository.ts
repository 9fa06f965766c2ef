import type { Connection, mongo } from 'mongoose';
import type { Transaction } from '../platform/mongo/transactions.js';
import { type ClickAggregate, type TotalsRow, type VariantRow, variantRowId } from './rules/click-aggregate.js';
import { LinkCounters } from './link-counters.schema.js';
import { VariantClicks } from './variant-clicks.schema.js';

/** A row of either collection, for the driver. */
interface Row {
  _id: string;
  [field: string]: unknown;
}

/**
 * Adds an aggregate of clicks of many workspaces in few commands. Each row takes its workspace from the clicks that it
 * counts. The shipper writes clicks to the counters only here.
 */
export class ClickCountersRepository {
  /** @param stripe of this writer, so that two writers do not change the same row at once. */
  constructor(
    private readonly connection: Connection,
    private readonly stripe: string,
  ) {}

  async add(aggregate: ClickAggregate, tx: Transaction): Promise<void> {
    const { totals, variants } = aggregate.rows();
    await this.write(
      LinkCounters.name,
      totals.map((row) => this.totalsUpdate(row)),
      tx,
    );
    await this.write(
      VariantClicks.name,
      variants.map((row) => this.variantsUpdate(row)),
      tx,
    );
  }

  private totalsUpdate({
    workspaceId,
    linkId,
    total,
    human,
    bots,
    unique,
  }: TotalsRow): mongo.AnyBulkWriteOperation<Row> {
    return {
      updateOne: {
        filter: { _id: `${linkId}:${this.stripe}` },
        update: adding(
          { 'clicks.total': total, 'clicks.human': human, 'clicks.bots': bots, 'clicks.unique': unique },
          { workspaceId, linkId },
        ),
        upsert: true,
      },
    };
  }

  private variantsUpdate({ workspaceId, linkId, at, increments }: VariantRow): mongo.AnyBulkWriteOperation<Row> {
    return {
      updateOne: {
        filter: { _id: variantRowId(linkId, at, this.stripe) },
        update: adding(increments, { workspaceId, linkId, at }),
        upsert: true,
      },
    };
  }

  private async write(model: string, updates: mongo.AnyBulkWriteOperation<Row>[], tx: Transaction): Promise<void> {
    if (updates.length === 0) return;
    // The driver's collection, because mongoose would cast every field of every row.
    const collection = this.connection.model(model).collection as unknown as mongo.Collection<Row>;
    await collection.bulkWrite(updates, { session: tx, ordered: false });
  }
}

/** @param head fields of a new row. */
function adding($inc: Record<string, number>, head: Record<string, unknown>): mongo.UpdateFilter<Row> {
  return { $setOnInsert: head, $inc } as unknown as mongo.UpdateFilter<Row>;
}
