import type { Connection, mongo } from 'mongoose';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { ClickAggregate, QuarterRow, TotalsRow } from './rules/click-aggregate.js';
import { LinkCounters } from './link-counters.schema.js';
import { LinkQuarter } from './link-quarters.schema.js';

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
    const { totals, quarters } = aggregate.rows();
    const options = { session: tx, ordered: false };
    if (totals.length === 0) return;
    await this.collection(LinkCounters.name).bulkWrite(
      totals.map((row) => this.totalsUpdate(row)),
      options,
    );
    await this.collection(LinkQuarter.name).bulkWrite(
      quarters.map((row) => this.quarterUpdate(row)),
      options,
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

  private quarterUpdate({ workspaceId, linkId, at, increments }: QuarterRow): mongo.AnyBulkWriteOperation<Row> {
    return {
      updateOne: {
        filter: { _id: `${linkId}:${at.getTime() / 1000}:${this.stripe}` },
        update: adding(increments, { workspaceId, linkId, at }),
        upsert: true,
      },
    };
  }

  /** The driver's collection, because mongoose would cast every field of every row. */
  private collection(model: string) {
    return this.connection.model(model).collection as unknown as mongo.Collection<Row>;
  }
}

/** @param head fields of a new row. */
function adding($inc: Record<string, number>, head: Record<string, unknown>): mongo.UpdateFilter<Row> {
  return { $setOnInsert: head, $inc } as unknown as mongo.UpdateFilter<Row>;
}
