import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type Documents, documentsOf, ERAS } from '../../../../test/support/reports/random-facts.js';
import type { AskedReport } from '../../../../test/support/reports/random-report.js';
import {
  anyRecountCase,
  RecountedQuestions,
  systematicQuestion,
  toQuestion,
} from '../../../../test/support/reports/recounted-questions.js';
import { REPORT_DIMENSIONS } from '../dimensions.js';
import {
  type ClickFact,
  type CostEntryDocument,
  isBilled,
  type LinkFact,
  toClickFact,
  toConversionFact,
  toCostFact,
  toLinkFact,
} from '../facts.js';
import type { FoundReport } from '../found-report.js';
import { METRICS } from '../metrics.js';
import { CostShares } from './cost-shares.js';
import { daySlicesOf } from './day-slices.js';
import { ReportFold } from './report-fold.js';

// The proof of the numbers of the fold: it answers as a loop over the documents does, like the copy (reader/recount.spec.ts).

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);
/** Thousands of runs take a while on a busy machine. */
const LONG_MS = 3_600_000;

function foldReport(documents: Documents, asked: AskedReport): FoundReport {
  const question = toQuestion(asked);
  const { workspaceId } = question;
  const isOurs = (one: { workspaceId: string }): boolean => one.workspaceId === workspaceId;
  const links = new Map(documents.links.filter(isOurs).map((link) => [link._id, toLinkFact(link)]));
  const fold = new ReportFold(question, Infinity);
  for (const conversion of documents.conversions.filter(isOurs)) {
    fold.addConversion(toConversionFact(conversion), links.get(conversion.linkId));
  }
  const clicks = documents.clicks.filter(isOurs).flatMap((click) => toClickFact(click) ?? []);
  for (const { from, to, isCompared } of daySlicesOf(question)) {
    const costs = sharesOf(documents.costs.filter(isOurs), { from, to }, clicks, links);
    for (const click of clicks) {
      if (click.key.atMs < from || click.key.atMs >= to) continue;
      fold.addClick(click, links.get(click.linkId), { isCompared, costs });
    }
  }
  return fold.toReport();
}

/** The costs of a day, with all clicks of their periods counted. */
function sharesOf(
  costs: readonly CostEntryDocument[],
  { from, to }: { from: number; to: number },
  clicks: readonly ClickFact[],
  links: ReadonlyMap<string, LinkFact>,
): CostShares {
  const ofDay = costs.map(toCostFact).filter(({ fromMs, toMs }) => fromMs < to && toMs > from);
  const shares = new CostShares(ofDay);
  for (const group of shares.groups) {
    for (const fact of clicks) {
      const at = fact.key.atMs;
      if (!isBilled(fact.botReason) || at < group.fromMs || at >= group.toMs) continue;
      group.count({ fact, at, link: links.get(fact.linkId) }, 1);
    }
  }
  return shares;
}

const asking = new RecountedQuestions();

describe('the fold and a loop over the documents', () => {
  it(
    'give the same numbers',
    () => {
      fc.assert(
        fc.property(anyRecountCase, ({ documents, reports }) => {
          for (const asked of reports) asking.expectRecounted(foldReport(documents, asked), documents, asked);
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );

  it(
    'give the same numbers by each dimension with all metrics, with each filter, node, sorting, zone and comparison',
    () => {
      for (const [i, era] of ERAS.entries()) {
        const documents = fc.sample(documentsOf(era), 1)[0] as Documents;
        for (let n = i; n < Math.max(REPORT_DIMENSIONS.length, METRICS.length); n += ERAS.length) {
          for (const restriction of ['filter', 'node'] as const) {
            const asked = systematicQuestion(era, n, restriction);
            asking.expectRecounted(foldReport(documents, asked), documents, asked);
          }
        }
      }
      asking.expectAllAsked();
    },
    LONG_MS,
  );
});
