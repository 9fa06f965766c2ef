import type { Connection, mongo } from 'mongoose';
import { firstIdAt } from '../../platform/ids/ids.js';
import { SCAN_FIELDS } from '../reader/report-feed.repository.js';
import type { ClickDocument, ConversionDocument, LinkDocument } from '../rules/facts.js';
import type { DaySlice } from '../rules/fold/day-slices.js';
import { conditionsOf, fieldsOf } from '../rules/fold/question-fields.js';
import type { ReportPeriod, ReportQuestion } from '../rules/report-question.js';

/** Documents of one answer of MongoDB: a few milliseconds of work. */
const BATCH = 2_000;
/** Clocks of instances may differ by less. */
const CLOCK_TOLERANCE_MS = 2 * 86_400_000;

/** Reads the clicks, conversions and links that a question is about, in batches, with the fields that it needs. */
export class ReportDocuments {
  constructor(private readonly connection: Connection) {}

  /** The clicks of a day, the latest first. The index on workspace and time leads to them. */
  clicks(question: ReportQuestion, { from, to }: Pick<DaySlice, 'from' | 'to'>): AsyncGenerator<ClickDocument[]> {
    const { workspaceId } = question;
    const filter = { workspaceId, at: rangeOf({ from, to }), ...allOf(conditionsOf('clicks', question)) };
    const fields = fieldsOf('clicks', question);
    const projection = { ...toProjection(fields), ...(fields.includes('query') && SCAN_FIELDS.clicks) };
    return this.read('clicks', filter, { projection, sort: { at: -1 } });
  }

  /**
   * The conversions of both periods. There is no index on the time of the click. But a conversion is stored after its click,
   * and its id has the time of storing, so those that were stored before the period are not read.
   * @param extra a condition that all of them must meet.
   */
  conversions(question: ReportQuestion, extra: Record<string, unknown> = {}): AsyncGenerator<ConversionDocument[]> {
    const { workspaceId, timeBy, period, compare } = question;
    const periods = compare === undefined ? [period] : [period, compare];
    const earliest = Math.min(...periods.map(({ from }) => from)) - CLOCK_TOLERANCE_MS;
    const times = periods.flatMap((one): Record<string, unknown>[] => {
      const range = rangeOf(one);
      if (timeBy === 'conversion') return [{ convertedAt: range }];
      return [{ clickedAt: range }, { clickedAt: null, convertedAt: range }];
    });
    const filter = {
      workspaceId,
      ...(timeBy === 'click' && { _id: { $gte: firstIdAt('cnv', new Date(earliest)) } }),
      $or: times,
      ...allOf([...conditionsOf('conversions', question), extra]),
    };
    const projection = toProjection(fieldsOf('conversions', question));
    return this.read('conversions', filter, { projection, ...(timeBy === 'click' && { sort: { _id: -1 } }) });
  }

  /** The links of a workspace with these ids. */
  async findLinks(workspaceId: string, ids: readonly string[]): Promise<LinkDocument[]> {
    if (ids.length === 0) return [];
    const projection = toProjection(['workspaceId', 'hostname', 'slug', 'campaign', 'tags', 'networkId']);
    return this.collection('links')
      .find({ workspaceId, _id: { $in: ids } } as never, { projection })
      .toArray() as never;
  }

  private async *read<T>(
    collection: 'clicks' | 'conversions',
    filter: Record<string, unknown>,
    options: mongo.FindOptions,
  ): AsyncGenerator<T[]> {
    const cursor = this.collection(collection).find(filter as never, { ...options, batchSize: BATCH });
    try {
      while (await cursor.hasNext()) yield cursor.readBufferedDocuments() as T[];
    } finally {
      await cursor.close().catch(() => undefined);
    }
  }

  private collection(name: 'clicks' | 'conversions' | 'links'): mongo.Collection<{ _id: string }> {
    const { name: database } = this.connection;
    return this.connection.getClient().db(database).collection<{ _id: string }>(name);
  }
}

function rangeOf({ from, to }: Pick<ReportPeriod, 'from' | 'to'>): { $gte: Date; $lt: Date } {
  return { $gte: new Date(from), $lt: new Date(to) };
}

function allOf(conditions: readonly Record<string, unknown>[]): Record<string, unknown> {
  return conditions.length === 0 ? {} : { $and: conditions };
}

function toProjection(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}
