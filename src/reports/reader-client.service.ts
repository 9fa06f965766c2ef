import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { STATUS_HEADER } from './reader/reader-messages.js';
import type { DataStatus, QuestionFailure } from './reader/report-answerer.js';
import { readerSocketOf } from './reader/reader-socket.js';
import type { PresentedReport } from './rules/found-report.js';
import type { PresentedRow } from './rules/present-report.js';
import type { ReportQuestion } from './rules/report-question.js';

const MAX_SOCKETS = 32;
/** The reader stops a question after ten seconds; it may have waited before. */
const PATIENCE_MS = 30_000;
/** For questions that no client waits for. */
const NEVER = new AbortController().signal;

/** Asks the reader of this machine, which has the copy of the data; see reader/report-reader.ts. */
@Injectable()
export class ReaderClient implements OnApplicationShutdown {
  private readonly socketPath: string;
  private readonly isOff: boolean;
  private readonly agent = new Agent({ maxSockets: MAX_SOCKETS });

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.socketPath = readerSocketOf(settings.dataDir);
    this.isOff = !settings.hasReports;
  }

  /** @param gone tells that the client has disconnected. @throws ProblemException 503 with the reason, 422 for too many groups. */
  async answer(question: ReportQuestion, gone = NEVER): Promise<PresentedReport & { status: DataStatus }> {
    const { json, status } = await this.answerJson(question, gone);
    return { ...(JSON.parse(json.toString()) as PresentedReport), status };
  }

  /** The bytes of the report's JSON, for an answer that passes them on. @throws ProblemException 503 with the reason, 422 for too many groups. */
  async answerJson(question: ReportQuestion, gone: AbortSignal): Promise<{ json: Buffer; status: DataStatus }> {
    const response = await this.post('/answer', question, gone);
    const status = JSON.parse(String(response.headers[STATUS_HEADER])) as DataStatus;
    return { json: await bytesOf(response), status };
  }

  /** All rows of a question, as they are read. @throws ProblemException 503 before the first row. */
  async *stream(question: ReportQuestion, gone: AbortSignal): AsyncGenerator<PresentedRow> {
    const response = await this.post('/stream', question, gone);
    try {
      for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
        const row = JSON.parse(line) as PresentedRow | { isEnd: true };
        if ('isEnd' in row) return;
        yield row;
      }
      throw new Error('the reader of reports broke off an answer');
    } finally {
      response.destroy();
    }
  }

  onApplicationShutdown(): void {
    this.agent.destroy();
  }

  private async post(path: string, question: ReportQuestion, gone: AbortSignal): Promise<IncomingMessage> {
    if (this.isOff) throw new ProblemException('unavailable', OFF);
    const response = await this.send(path, JSON.stringify(question), gone).catch(() => undefined);
    if (gone.aborted) throw new ProblemException('unavailable', GONE);
    if (response === undefined) throw problemOf('no_copy');
    if (response.statusCode === 200) return response;
    const body = await bytesOf(response);
    if (response.statusCode === 503)
      throw problemOf((JSON.parse(body.toString()) as { reason: QuestionFailure }).reason);
    throw new Error(`the reader of reports answered ${response.statusCode}`);
  }

  private async send(path: string, body: string, gone: AbortSignal): Promise<IncomingMessage> {
    const { socketPath, agent } = this;
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ socketPath, path, method: 'POST', agent, timeout: PATIENCE_MS, headers });
    sent.on('timeout', () => sent.destroy(new Error('the reader of reports does not answer')));
    sent.end(body);
    // The reader stops working when the connection is closed. Its work is done before it sends a response.
    const cancel = (): void => void sent.destroy();
    gone.addEventListener('abort', cancel, { once: true });
    if (gone.aborted) cancel();
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return response;
    } finally {
      gone.removeEventListener('abort', cancel);
    }
  }
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

const GONE = 'The client closed its connection before the report was ready.';
const OFF = 'This instance answers no reports (REPORTS=off); ask another one.';
const DETAILS: Record<QuestionFailure, string> = {
  no_copy: 'Reports are not ready yet, or their process is being restarted; try again in a few seconds.',
  timeout: 'The report took longer than 10 seconds; ask for a shorter period, fewer dimensions or more filters.',
  busy: 'Too many reports are being made; try again in a few seconds.',
  unfinished: 'The rows are still being read from MongoDB; ask for the same file again in a few seconds.',
  too_many_groups: 'The report has too many groups; ask for fewer dimensions, a shorter period or more filters.',
  database_away: 'MongoDB does not answer; try again in a few seconds.',
};

function problemOf(reason: QuestionFailure): ProblemException {
  const detail = DETAILS[reason];
  if (reason === 'too_many_groups') return ProblemException.invalid({ path: 'groupBy', code: reason, message: detail });
  return new ProblemException('unavailable', detail, undefined, { 'retry-after': '2' });
}
