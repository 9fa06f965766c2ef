import { existsSync, unlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { ListenerRefused, type LiveFeed } from '../live/live-feed.js';
import type { LiveSubscription } from '../live/live-subscription.js';
import type { ReportQuestion } from '../rules/report-question.js';
import { STATUS_HEADER } from './reader-messages.js';
import { type QuestionAnswer, QuestionFailed, type ReportAnswerer } from './report-answerer.js';

const MAX_QUESTION_BYTES = 1_000_000;

/**
 * Answers the questions of this machine's Hopback processes over a Unix socket that only its user can open: `POST /answer`,
 * `POST /stream` (rows as lines of JSON, the last one `{"isEnd":true}`), `POST /events` (live events) and `GET /status`.
 */
export class QuestionServer {
  private readonly server: Server;

  constructor(
    private readonly answerer: ReportAnswerer,
    private readonly live: LiveFeed,
    private readonly logger: Logger,
  ) {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
  }

  /** @throws Error when the socket cannot be made. */
  async listen(socketPath: string): Promise<void> {
    // A killed process leaves its socket behind.
    if (existsSync(socketPath)) unlinkSync(socketPath);
    this.server.listen(socketPath);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      if (request.url === '/status') sendJson(response, 200, this.answerer.getStatus());
      else if (request.url === '/answer')
        sendAnswer(response, await this.answerer.answer(await readJson<ReportQuestion>(request), gone.signal));
      else if (request.url === '/stream')
        await this.stream(await readJson<ReportQuestion>(request), response, gone.signal);
      else if (request.url === '/events') await this.live.listen(await readJson<LiveSubscription>(request), response);
      else sendJson(response, 404, {});
    } catch (error) {
      if (gone.signal.aborted) return;
      const isExpected = error instanceof QuestionFailed || error instanceof ListenerRefused;
      if (!isExpected) this.logger.error({ err: error }, 'a report failed; it is answered with 500');
      if (response.headersSent) response.destroy();
      else if (isExpected) sendJson(response, 503, { reason: error.reason });
      else sendJson(response, 500, {});
    }
  }

  private async stream(question: ReportQuestion, response: ServerResponse, gone: AbortSignal): Promise<void> {
    for await (const rows of this.answerer.stream(question, gone)) {
      if (response.destroyed) return;
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      if (lines !== '' && !response.write(lines)) {
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
    }
    response.end('{"isEnd":true}\n');
  }
}

async function readJson<T>(request: IncomingMessage): Promise<T> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_QUESTION_BYTES) throw new Error('the question is too long');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString()) as T;
}

/** The report is the body as it is, so that it can be passed on without being read. */
function sendAnswer(response: ServerResponse, { json, status }: QuestionAnswer): void {
  response.writeHead(200, { 'content-type': 'application/json', [STATUS_HEADER]: JSON.stringify(status) });
  response.end(json);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
