import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mongoose';
import { eventually } from '../eventually.js';
import type { SystemServer } from './system-server.js';

const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';
const PAUSE_MS = 5;
const PATIENCE_MS = 8_000;
/** Ends clicks that were not stopped. */
const MOST_CLICKS = 20_000;

export interface ClickersOptions {
  /** How many click at once, each over a keep-alive connection of its own. */
  connections?: number;
  /** Further headers of each click. */
  headers?: Record<string, string>;
  /** True if a client whose connection the server closes continues on a new one. Default: true. */
  comesBack?: boolean;
}

/** Clients that click on one link repeatedly; records each answer. */
export class Clickers {
  /** Ids of the clicks that were answered with a redirect: they must never be lost. */
  readonly clickIds: string[] = [];
  /** Requests that were sent: nothing beyond them may be counted. */
  sent = 0;
  /** Requests with another answer, or without one although the port was open. */
  readonly failures: string[] = [];
  /** Attempts to connect while the port was closed. */
  refused = 0;
  /** The longest time between two redirects of one client, in milliseconds. */
  longestWaitMs = 0;
  private isOver = false;
  private readonly comesBack: boolean;
  private readonly loops: Promise<void>[];

  /** Begins at once. */
  constructor(
    private readonly url: string,
    { connections = 16, headers = {}, comesBack = true }: ClickersOptions = {},
  ) {
    this.comesBack = comesBack;
    const all = { 'user-agent': USER_AGENT, ...headers };
    this.loops = Array.from({ length: connections }, () => this.clickOn(all));
  }

  /** Resolves when so many more clicks have been answered. */
  async answered(count: number): Promise<void> {
    const wanted = this.clickIds.length + count;
    await eventually(
      () => this.clickIds.length,
      (length) => length >= wanted || this.sent >= MOST_CLICKS,
      30_000,
    );
    if (this.sent >= MOST_CLICKS) throw new Error('the clicks came to their end');
  }

  /** Asks for nothing more, and resolves when the last answer has come. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.loops);
  }

  private async clickOn(headers: Record<string, string>): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let lastAt = Date.now();
    while (!this.isOver && this.sent < MOST_CLICKS) {
      const { clickId, isLast } = await this.click(agent, headers);
      if (clickId !== undefined) {
        this.clickIds.push(clickId);
        this.longestWaitMs = Math.max(this.longestWaitMs, Date.now() - lastAt);
        lastAt = Date.now();
      }
      if (isLast && !this.comesBack) break;
      await sleep(PAUSE_MS);
    }
    agent.destroy();
  }

  private async click(agent: Agent, headers: Record<string, string>): Promise<{ clickId?: string; isLast?: boolean }> {
    try {
      this.sent++;
      const response = await head(this.url, agent, headers);
      const clickId = clickIdOf(response.headers.location);
      if (response.statusCode === 302 && clickId !== undefined) {
        return { clickId, isLast: response.headers.connection === 'close' };
      }
      this.failures.push(`status ${response.statusCode}`);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED') {
        this.refused++;
        this.sent--;
      } else this.failures.push(code ?? message);
    }
    return {};
  }
}

/** The click id that a redirect carries. */
export function clickIdOf(location: string | null | undefined): string | undefined {
  return location ? (new URL(location).searchParams.get('click_id') ?? undefined) : undefined;
}

/** The answer to a GET, its body read and thrown away. */
function head(url: string, agent: Agent, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers, timeout: PATIENCE_MS }, (response) => {
      response.once('error', reject);
      response.once('end', () => resolve(response));
      response.resume();
    });
    request.once('timeout', () => request.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
    request.once('error', reject);
  });
}

/** The ids of a link's clicks in the database, asked past the program that counts them. */
async function storedClickIds(mongodbUri: string, linkId: string): Promise<string[]> {
  const connection = await createConnection(mongodbUri).asPromise();
  try {
    const clicks = connection.collection<{ _id: string }>('clicks').find({ linkId }, { projection: { _id: 1 } });
    return (await clicks.toArray()).map(({ _id }) => _id);
  } finally {
    await connection.close();
  }
}

export interface Expectation {
  /** Where the database is. Default: the server's embedded one. */
  mongodbUri?: string;
  linkId: string;
  /** Clicks that were answered. */
  clickIds: readonly string[];
  /** Clicks that were asked for. Default: no more than were answered. */
  sent?: number;
}

/** All clicks that were answered come to be stored and counted, once; throws what differs when they do not. */
export async function clicksComplete(
  server: SystemServer,
  { mongodbUri = server.embeddedMongodbUri(), linkId, clickIds, sent = clickIds.length }: Expectation,
): Promise<void> {
  const read = async (): Promise<{ stored: number; missing: number; counted: number | undefined; sent: number }> => {
    const { body } = await server.api<{ stats?: { clicks: { total: number } } }>('GET', `/links/${linkId}`);
    const stored = new Set(await storedClickIds(mongodbUri, linkId));
    const missing = clickIds.filter((id) => !stored.has(id)).length;
    return { stored: stored.size, missing, counted: body.stats?.clicks.total, sent };
  };
  await eventually(
    read,
    ({ stored, missing, counted }) => missing === 0 && counted === stored && stored <= sent,
    30_000,
  );
}
