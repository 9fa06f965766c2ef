import type { PresentedRow } from '../rules/present-report.js';
import type { ReportQuestion } from '../rules/report-question.js';

/** How much of MongoDB's data is counted. */
export interface DataStatus {
  /** Everything that MongoDB had at this time is counted, in milliseconds since 1970. 0 before the first load of a copy. */
  asOf: number;
  isComplete: boolean;
  /** While it is incomplete: clicks since this time are counted, in milliseconds since 1970. */
  coveredFrom: number | undefined;
  /** Days of the report that were read, and all of them, while a report that is read from MongoDB is unfinished. */
  progress?: { days: number; ofDays: number } | undefined;
}

/** The answer to a question as JSON of a `PresentedReport`, with the state of the data that it was made of. */
export interface QuestionAnswer {
  json: string;
  status: DataStatus;
}

/** Why a question was not answered. */
export type QuestionFailure = 'no_copy' | 'timeout' | 'busy' | 'unfinished' | 'too_many_groups' | 'database_away';

export class QuestionFailed extends Error {
  constructor(readonly reason: QuestionFailure) {
    super(reason);
  }
}

/** Answers the questions of reports, from a copy of the data (copy-answerer.ts) or from MongoDB (../fallback/). */
export interface ReportAnswerer {
  /** Works until `stop` is called. */
  run(): Promise<void>;
  stop(): void;
  getStatus(): DataStatus;
  /** @param gone tells that the asker does not wait for the answer any more. @throws QuestionFailed */
  answer(question: ReportQuestion, gone: AbortSignal): Promise<QuestionAnswer>;
  /** All rows in their order, in batches. @throws QuestionFailed before the first batch. */
  stream(question: ReportQuestion, gone: AbortSignal): AsyncGenerator<PresentedRow[]>;
}
