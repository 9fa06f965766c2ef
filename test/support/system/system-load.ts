import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually.js';
import type { SystemServer } from './system-server.js';

const CLICKERS = 5;
const LINK_MAKERS = 1;
const NETWORKS = 2;
/** Ends a load that was not stopped. */
const MOST_CLICKS = 5_000;
/** Clicks need no database: without a pause, a busy machine would answer thousands of them before one link is made. */
const CLICKS_AHEAD = 100;
const PAUSE_MS = 200;
const PATIENCE_MS = 120_000;

interface LinkAnswer {
  id: string;
  shortUrl: string;
}

/** Clicks, new links and postbacks over eight connections, until the server is gone; knows what was answered. */
export class Load {
  /** Acknowledged work, which must never be lost. */
  readonly clickIds: string[] = [];
  readonly linkIds: string[] = [];
  readonly conversionIds: string[] = [];
  /** Requested work; nothing beyond it may be counted. */
  sent = { clicks: 0, postbacks: 0 };
  /** Answers that are none of those that a healthy server gives. */
  readonly refusals: string[] = [];
  private isOver = false;
  private readonly workers: Promise<void>[];

  private constructor(
    private readonly server: SystemServer,
    readonly link: LinkAnswer,
    private readonly networkKey: string,
  ) {
    this.workers = [
      ...Array.from({ length: CLICKERS }, () => this.repeat(() => this.click())),
      ...Array.from({ length: LINK_MAKERS }, () => this.repeat(() => this.createLink())),
      ...Array.from({ length: NETWORKS }, () => this.repeat(() => this.postBack())),
    ];
  }

  /** Begins on a link and a network of its own. */
  static async on(server: SystemServer): Promise<Load> {
    const link = await server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/lp' });
    const network = await server.api<{ key: string }>('POST', '/networks', { name: 'Casino', currency: 'EUR' });
    if (link.status !== 201 || network.status !== 201) throw new Error(`no load: ${link.status} ${network.status}`);
    return new Load(server, link.body, network.body.key);
  }

  /** Resolves when enough of each kind has been acknowledged, and more is being asked for. */
  async underWay(): Promise<void> {
    const counts = (): string =>
      `${this.clickIds.length} clicks, ${this.linkIds.length} links, ${this.conversionIds.length} conversions`;
    await eventually(
      counts,
      () => this.clickIds.length >= 120 && this.linkIds.length >= 6 && this.conversionIds.length >= 6,
      PATIENCE_MS,
    );
    if (this.isOver) throw new Error(`the load came to its end before: ${counts()}`);
  }

  /** Asks for nothing more, and resolves when the last answer has come, or the connection is gone. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }

  /** Ends with the connection: from then on nothing is acknowledged any more. */
  private async repeat(request: () => Promise<string | undefined>): Promise<void> {
    while (!this.isOver) {
      try {
        const refusal = await request();
        if (refusal === undefined) continue;
        this.refusals.push(refusal);
        await sleep(20);
      } catch {
        return;
      }
    }
  }

  private async click(): Promise<string | undefined> {
    if (this.sent.clicks >= MOST_CLICKS) {
      this.isOver = true;
      return undefined;
    }
    const others = Math.min(this.linkIds.length, this.conversionIds.length);
    if (this.clickIds.length > CLICKS_AHEAD * (1 + others)) await sleep(PAUSE_MS);
    this.sent.clicks++;
    const response = await fetch(this.link.shortUrl, { redirect: 'manual' });
    const location = response.headers.get('location');
    await response.arrayBuffer();
    const clickId = location === null ? null : new URL(location).searchParams.get('click_id');
    if (response.status !== 302 || clickId === null) return `click: ${response.status}`;
    this.clickIds.push(clickId);
    return undefined;
  }

  private async createLink(): Promise<string | undefined> {
    const { status, body } = await this.server.api<LinkAnswer>('POST', '/links', { url: 'https://shop.example/lp' });
    if (status !== 201) return `link: ${status}`;
    this.linkIds.push(body.id);
    return undefined;
  }

  private async postBack(): Promise<string | undefined> {
    const clickId = this.clickIds[Math.floor(Math.random() * this.clickIds.length)];
    if (clickId === undefined) {
      await sleep(5);
      return undefined;
    }
    const query = `click_id=${clickId}&event=sale&payout=1.00&txid=T-${++this.sent.postbacks}`;
    const response = await fetch(`${this.server.baseUrl}/postback/${this.networkKey}?${query}`);
    const body = (await response.json()) as { verdict?: string; conversionId?: string };
    if (response.status !== 200 || body.verdict !== 'accepted' || body.conversionId === undefined) {
      return `postback: ${response.status} ${JSON.stringify(body)}`;
    }
    this.conversionIds.push(body.conversionId);
    return undefined;
  }
}
