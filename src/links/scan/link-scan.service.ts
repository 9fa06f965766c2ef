import { randomUUID } from 'node:crypto';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Ticker } from '../../platform/concurrency/ticker.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { UrlJudge } from '../../platform/urls/url-judge.service.js';
import { LinkCache } from '../link-cache.service.js';
import { LinkJudge } from '../link-judge.service.js';
import { LinksRepository } from '../links.repository.js';
import { LinkScanReadModel, type ScannedLink } from './link-scan.read-model.js';

const LOOK_EVERY_MS = 1_000;
/** Without a change of the rules MongoDB is asked only so often whether there is something to do. */
const ASK_EVERY_MS = 60_000;
const SCAN_EVERY_MS = 24 * 3_600_000;
const LEASE_MS = 30_000;
const BATCH = 1_000;

/**
 * Judges all links again when the blocklist or the allowed schemes have changed, and daily: what leads where nobody may be led is
 * suspended, and led on again when it is off the list. One process at a time does it, and another goes on where it was killed.
 */
@Injectable()
export class LinkScan implements OnModuleInit, BeforeApplicationShutdown {
  private readonly holder = randomUUID();
  private doneVersion = '';
  private askedAt = 0;
  private readonly ticker = new Ticker(
    LOOK_EVERY_MS,
    () => this.work(),
    (error) => this.logger.warn({ err: error }, 'links could not be judged again; it is tried again'),
  );

  constructor(
    private readonly judge: UrlJudge,
    private readonly linkJudge: LinkJudge,
    private readonly scans: LinkScanReadModel,
    private readonly links: LinksRepository,
    private readonly cache: LinkCache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
  }

  private async work(): Promise<void> {
    const now = Date.now();
    const { version } = this.judge;
    if (version === this.doneVersion && now - this.askedAt < ASK_EVERY_MS) return;
    this.askedAt = now;
    const wish = { version, holder: this.holder, leaseUntil: leaseEnd() };
    const after = await this.scans.claim(wish, new Date(now - SCAN_EVERY_MS));
    if (after !== undefined) await this.scan(version, after);
    this.doneVersion = version; // done here, or somebody else is at it
  }

  private async scan(version: string, from: string): Promise<void> {
    for (let after = from; !this.ticker.isEnding;) {
      const batch = await this.scans.batch(after, BATCH);
      for (const link of batch) await this.judgeAgain(link);
      after = batch.at(-1)?._id ?? after;
      const isDone = batch.length < BATCH;
      const state = { version, after, holder: this.holder, finishedAt: isDone ? new Date() : null };
      const isOurs = await this.scans.advance({ ...state, leaseUntil: isDone ? new Date() : leaseEnd() });
      if (isDone || !isOurs || version !== this.judge.version) return;
    }
  }

  private async judgeAgain(seen: ScannedLink): Promise<void> {
    for (let link: ScannedLink | undefined = seen; link !== undefined;) {
      const { workspaceId, _id, updatedAt } = link;
      const now = new Date();
      const change = this.linkJudge.suspension(link, now);
      if (change.suspended === undefined) return;
      const isSuspended = change.suspended !== null;
      const asSeen = { _id, updatedAt, live: true };
      if (await this.links.updateOne(workspaceId, asSeen, { $set: { ...change, updatedAt: now } })) {
        this.logger.info({ linkId: _id, isSuspended }, isSuspended ? 'link suspended' : 'link no longer suspended');
        for (const key of link.slugKeys) await this.cache.invalidate(link.hostname, key);
        return;
      }
      // It was changed meanwhile, perhaps by somebody who has not read the list yet.
      link = await this.links.findOne(workspaceId, { _id, live: true });
    }
  }
}

function leaseEnd(): Date {
  return new Date(Date.now() + LEASE_MS);
}
