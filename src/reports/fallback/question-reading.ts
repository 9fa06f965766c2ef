import { LRUCache } from 'lru-cache';
import type { QuestionQueue } from '../reader/question-queue.js';
import type { DataStatus } from '../reader/report-answerer.js';
import { isLinkDimension, type ReportDimension } from '../rules/dimensions.js';
import {
  type ClickDocument,
  type LinkFact,
  toClickFact,
  toConversionFact,
  toCostFact,
  toLinkFact,
} from '../rules/facts.js';
import { CostShares } from '../rules/fold/cost-shares.js';
import { type DaySlice, daySlicesOf } from '../rules/fold/day-slices.js';
import { ReportFold } from '../rules/fold/report-fold.js';
import type { FoundReport } from '../rules/found-report.js';
import type { ReportQuestion } from '../rules/report-question.js';
import type { CountedClicks, ReportDocuments } from './report-documents.read-model.js';

/** Links that are kept while a question is read. Others are found again when their clicks come. */
const KEPT_LINKS = 50_000;
const NO_LINKS: ReadonlyMap<string, LinkFact | undefined> = new Map();

/** Where documents are read from. */
export type DocumentSource = Pick<
  ReportDocuments,
  'clicks' | 'conversions' | 'findLinks' | 'findCosts' | 'countClicks'
>;

export interface QuestionReadingParts {
  documents: DocumentSource;
  /** The readings take turns, a batch of documents each. */
  queue: QuestionQueue;
  maxGroups: number;
}

/** A report with the state of the data that it was made of. */
export interface ReadingResult {
  report: FoundReport;
  status: DataStatus;
}

/**
 * The reading of all documents of one question: first the conversions, then the clicks day by day, the latest first. It
 * begins at once. The report of what was read so far can be had at any time.
 */
export class QuestionReading {
  /** Resolves when all is read, when it is stopped, and after an error. */
  readonly ended: Promise<void>;
  /** Why it failed. */
  error: unknown;
  private readonly beganAt = Date.now();
  private readonly fold: ReportFold;
  private readonly days: readonly DaySlice[];
  private readonly links = new LRUCache<string, { link: LinkFact | undefined }>({ max: KEPT_LINKS });
  private daysRead = 0;
  private isStopped = false;
  private complete: Promise<ReadingResult> | undefined;

  constructor(
    private readonly question: ReportQuestion,
    private readonly parts: QuestionReadingParts,
  ) {
    this.fold = new ReportFold(question, parts.maxGroups);
    this.days = this.fold.readsClicks ? daySlicesOf(question) : [];
    this.ended = this.readAll().catch((error: unknown) => {
      this.error = error;
    });
  }

  get isComplete(): boolean {
    return this.complete !== undefined;
  }

  stop(): void {
    this.isStopped = true;
  }

  /** The report of all documents, or of those that were read so far. */
  async getResult(): Promise<ReadingResult> {
    if (this.complete !== undefined) return this.complete;
    const next = this.days[this.daysRead];
    const status = {
      asOf: this.beganAt,
      isComplete: false,
      coveredFrom: next?.to ?? this.question.period.to,
      progress: { days: this.daysRead, ofDays: this.days.length },
    };
    return { report: await this.readReport(), status };
  }

  private async readAll(): Promise<void> {
    const { documents } = this.parts;
    // Without measures of conversions, only those count that are in another currency.
    const { currency } = this.question;
    const extra = this.fold.readsConversions
      ? {}
      : { status: 'approved', 'revenue.currency': { $nin: [currency, null] } };
    await this.readEach(documents.conversions(this.question, extra), (conversion, link) =>
      this.fold.addConversion(toConversionFact(conversion), link),
    );
    for (const day of this.days) {
      const costs = await this.readCosts(day);
      const { isCompared } = day;
      const add = (click: ClickDocument, link: LinkFact | undefined): void => {
        const fact = toClickFact(click);
        if (fact !== undefined) this.fold.addClick(fact, link, { isCompared, costs });
      };
      await this.readEach(documents.clicks(this.question, day, costs.dimensions), add, needsLinks(costs.dimensions));
      if (this.isStopped) return;
      this.daysRead++;
    }
    if (this.isStopped) return;
    const status = { asOf: this.beganAt, isComplete: true, coveredFrom: undefined };
    this.complete = this.readReport().then((report) => ({ report, status }));
    await this.complete;
  }

  /** The uploaded costs of a day, with all clicks counted that they are spread over. */
  private async readCosts(day: DaySlice): Promise<CostShares> {
    const { documents } = this.parts;
    const { workspaceId } = this.question;
    if (!this.fold.readsCost) return new CostShares([]);
    const shares = new CostShares((await documents.findCosts(workspaceId, day)).map(toCostFact));
    for (const group of shares.groups) {
      const count = ({ click, clicks }: CountedClicks, link: LinkFact | undefined): void => {
        const fact = toClickFact(click);
        if (fact !== undefined) group.count({ fact, at: fact.key.atMs, link }, clicks);
      };
      await this.readEach(documents.countClicks(workspaceId, group), count, needsLinks(group.dimensions));
    }
    return shares;
  }

  private async readEach<T extends { linkId: string }>(
    batches: AsyncGenerator<T[]>,
    add: (document: T, link: LinkFact | undefined) => void,
    withLinks = false,
  ): Promise<void> {
    try {
      while (!this.isStopped) {
        const isEnd = await this.parts.queue.run(async () => {
          const batch = await batches.next();
          if (batch.done) return true;
          const links = withLinks || this.fold.needsLinks ? await this.findLinks(batch.value) : NO_LINKS;
          for (const document of batch.value) add(document, links.get(document.linkId));
          return false;
        });
        if (isEnd) return;
      }
    } finally {
      await batches.return(undefined);
    }
  }

  private async findLinks(documents: readonly { linkId: string }[]): Promise<Map<string, LinkFact | undefined>> {
    const found = new Map<string, LinkFact | undefined>();
    const unknown: string[] = [];
    for (const id of new Set(documents.map(({ linkId }) => linkId))) {
      const known = this.links.get(id);
      if (known === undefined) unknown.push(id);
      else found.set(id, known.link);
    }
    const links = await this.parts.documents.findLinks(this.question.workspaceId, unknown);
    const byId = new Map(links.map((link) => [link._id, toLinkFact(link)]));
    for (const id of unknown) {
      const link = byId.get(id);
      this.links.set(id, { link });
      found.set(id, link);
    }
    return found;
  }

  private async readReport(): Promise<FoundReport> {
    const report = this.fold.toReport();
    const index = this.question.groupBy.indexOf('link');
    // All rows of a file have their names from another place.
    if (index < 0 || this.question.limit === undefined) return report;
    const ids = report.rows.map(({ keys }) => String(keys[index]));
    const links = await this.parts.documents.findLinks(this.question.workspaceId, [...new Set(ids)]);
    return {
      ...report,
      linkNames: Object.fromEntries(links.map(({ _id, hostname, slug }) => [_id, `${hostname}/${slug ?? ''}`])),
    };
  }
}

function needsLinks(dimensions: readonly ReportDimension[]): boolean {
  return dimensions.some((dimension) => isLinkDimension(dimension));
}
