import type { Connection, mongo } from 'mongoose';
import { CLICK_ID_LENGTH } from '../../clicks/rules/click-id.js';
import { firstIdAt } from '../../platform/ids/ids.js';
import { projectionOf, SCAN_FIELDS } from '../reader/report-feed.repository.js';
import type { ReportDimension } from '../rules/dimensions.js';
import {
  BILLED_BOT_REASONS,
  type ClickDocument,
  type ConversionDocument,
  type CostDimension,
  type CostEntryDocument,
  type LinkDocument,
  LONGEST_DAY_MS,
} from '../rules/facts.js';
import type { CostGroup } from '../rules/fold/cost-shares.js';
import { documentConditionsOf, documentFieldsOf } from '../rules/fold/question-fields.js';
import type { ReportPeriod, ReportQuestion } from '../rules/report-question.js';

/** Documents of one answer of MongoDB: a few milliseconds of work. */
const BATCH = 2_000;
/** Clocks of instances may differ by less. */
const CLOCK_TOLERANCE_MS = 2 * 86_400_000;

/** Has the form of a click id; the click is not a stored one. */
const ANY_CLICK_ID = '0'.repeat(CLICK_ID_LENGTH);

/** Milliseconds since 1970, `to` exclusive. */
type Span = Pick<ReportPeriod, 'from' | 'to'>;

/** Clicks with the same values, as one document. */
export interface CountedClicks {
  clicks: number;
  linkId: string;
  click: ClickDocument;
}

/** Fields that clicks are counted by: the link, the parameters of the source, and sub ids by their names. */
type ClickKeyFields = { linkId?: string; query?: { name: string; value: string }[] } & Record<string, string>;

/** Reads the clicks, conversions and links that a question is about, in batches, with the fields that it needs. */
export class ReportDocuments {
  constructor(private readonly connection: Connection) {}

  /** The clicks of a day, the latest first. The index on workspace and time leads to them. @param dimensions more to read. */
  clicks(
    question: ReportQuestion,
    { from, to }: Span,
    dimensions: readonly ReportDimension[],
  ): AsyncGenerator<ClickDocument[]> {
    const { workspaceId } = question;
    const filter = { workspaceId, at: rangeOf({ from, to }), ...allOf(documentConditionsOf('clicks', question)) };
    const fields = documentFieldsOf('clicks', question, dimensions);
    const projection = { ...toProjection(fields), ...(fields.includes('query') && SCAN_FIELDS.clicks) };
    return this.read('clicks', filter, { projection, sort: { at: -1 } });
  }

  /** The conversions of both periods, each once. @param extra a condition that all of them must meet. */
  async *conversions(
    question: ReportQuestion,
    extra: Record<string, unknown> = {},
  ): AsyncGenerator<ConversionDocument[]> {
    const { workspaceId, timeBy, period, compare } = question;
    const periods = compare === undefined ? [period] : [period, compare];
    const projection = toProjection(documentFieldsOf('conversions', question));
    const conditions = allOf([...documentConditionsOf('conversions', question), extra]);
    if (timeBy === 'click') {
      const filter = { workspaceId, ...clickedIn(periods), ...conditions };
      yield* this.read('conversions', filter, { projection, sort: { _id: -1 } });
      return;
    }
    for (const span of withoutOverlap(periods)) {
      const filter = { workspaceId, convertedAt: rangeOf(span), ...conditions };
      yield* this.read('conversions', filter, { projection, sort: { convertedAt: -1 } });
    }
  }

  /** The uploaded costs whose period overlaps a day. */
  findCosts(workspaceId: string, { from, to }: Span): Promise<CostEntryDocument[]> {
    // The index has the beginnings only.
    const began = { $gt: new Date(from - LONGEST_DAY_MS), $lt: new Date(to) };
    const filter = { workspaceId, from: began, to: { $gt: new Date(from) } };
    return this.collection('costs')
      .find(filter as never, { projection: projectionOf('costs') })
      .toArray() as never;
  }

  /** Counts the billed clicks that uploaded costs are spread over, by the dimensions of the costs. MongoDB counts them. */
  async *countClicks(workspaceId: string, group: CostGroup): AsyncGenerator<CountedClicks[]> {
    const { fromMs, toMs, dimensions } = group;
    const conditions = await Promise.all(dimensions.map((one) => this.costCondition(workspaceId, group, one)));
    const filter = {
      workspaceId,
      at: rangeOf({ from: fromMs, to: toMs }),
      isTest: { $ne: true },
      botReason: { $in: [...BILLED_BOT_REASONS] },
      ...allOf(conditions),
    };
    const cursor = this.collection('clicks').aggregate<{ _id: ClickKeyFields; clicks: number }>(
      [{ $match: filter }, { $group: { _id: keyFieldsOf(dimensions), clicks: { $sum: 1 } } }],
      { batchSize: BATCH },
    );
    try {
      while (await cursor.hasNext()) {
        yield cursor.readBufferedDocuments().map(({ _id: { linkId = '', query, ...subs }, clicks }) => ({
          clicks,
          linkId,
          click: { _id: ANY_CLICK_ID, workspaceId, linkId, at: new Date(fromMs), query, subs },
        }));
      }
    } finally {
      await cursor.close().catch(() => undefined);
    }
  }

  /** The links of a workspace with these ids. */
  async findLinks(workspaceId: string, ids: readonly string[]): Promise<LinkDocument[]> {
    if (ids.length === 0) return [];
    return this.collection('links')
      .find({ workspaceId, _id: { $in: ids } } as never, { projection: projectionOf('links') })
      .toArray() as never;
  }

  private async costCondition(
    workspaceId: string,
    group: CostGroup,
    dimension: CostDimension,
  ): Promise<Record<string, unknown>> {
    const values = { $in: group.valuesFor(dimension) };
    switch (dimension) {
      case 'link':
        return { linkId: values };
      case 'campaign': {
        const links = await this.collection('links')
          .find({ workspaceId, campaign: values } as never, { projection: { _id: 1 } })
          .toArray();
        return { linkId: { $in: links.map(({ _id }) => _id) } };
      }
      case 'source':
        return { query: { $elemMatch: { value: values } } };
      default:
        return { [`subs.${dimension}`]: values };
    }
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

  private collection(name: 'clicks' | 'conversions' | 'links' | 'costs'): mongo.Collection<{ _id: string }> {
    const { name: database } = this.connection;
    return this.connection.getClient().db(database).collection<{ _id: string }>(name);
  }
}

/**
 * There is no index on the time of the click. But a conversion is stored after its click, and its id has the time of storing,
 * so those that were stored before the periods are not read.
 */
function clickedIn(periods: readonly ReportPeriod[]): Record<string, unknown> {
  const earliest = Math.min(...periods.map(({ from }) => from)) - CLOCK_TOLERANCE_MS;
  return {
    _id: { $gte: firstIdAt('cnv', new Date(earliest)) },
    $or: periods.flatMap((period) => {
      const range = rangeOf(period);
      return [{ clickedAt: range }, { clickedAt: null, convertedAt: range }];
    }),
  };
}

/** The same spans of time, the latest first; those that overlap are one. */
function withoutOverlap(periods: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { from, to } of [...periods].sort((a, b) => b.to - a.to)) {
    const later = spans.at(-1);
    if (later !== undefined && to > later.from) later.from = Math.min(later.from, from);
    else spans.push({ from, to });
  }
  return spans;
}

function rangeOf({ from, to }: Span): { $gte: Date; $lt: Date } {
  return { $gte: new Date(from), $lt: new Date(to) };
}

function allOf(conditions: readonly Record<string, unknown>[]): Record<string, unknown> {
  return conditions.length === 0 ? {} : { $and: conditions };
}

function toProjection(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1]));
}

function keyFieldsOf(dimensions: readonly CostDimension[]): Record<string, unknown> {
  return Object.fromEntries(
    dimensions.map((dimension): [string, unknown] => {
      if (dimension === 'link' || dimension === 'campaign') return ['linkId', '$linkId'];
      return dimension === 'source' ? ['query', SCAN_FIELDS.clicks?.['query']] : [dimension, `$subs.${dimension}`];
    }),
  );
}
