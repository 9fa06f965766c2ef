import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { isProgram } from '../platform/user-agents/is-program.js';
import { LinkCountersRepository } from '../counters/link-counters.repository.js';
import { VariantClicksRepository } from '../counters/variant-clicks.repository.js';
import type { Click } from './click.schema.js';
import { ClicksRepository } from './clicks.repository.js';
import { humanAdditions } from './rules/converted-prefetch.js';
import { countedClick } from './rules/counted-click.js';

/** The counter rows for these changes. The shipper's rows are written by the shipper only. */
const STRIPE = 'people';
/**
 * Changes prefetches that converted into clicks of persons: the browser fetched the page ahead and then showed it. One
 * transaction changes the click and moves the counters of its link. It also removes the bot reason by which such clicks are
 * found, so a click moves once, however many processes ask for it.
 */
@Injectable()
export class ConvertedPrefetches {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly counters: LinkCountersRepository,
    private readonly variantClicks: VariantClicksRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @param clickIds clicks that have converted. Other clicks than prefetches stay unchanged. */
  async markHuman(workspaceId: WorkspaceId, clickIds: Iterable<string>): Promise<void> {
    for (const clickId of new Set(clickIds)) {
      await this.transactions.run((tx, wasDuplicate) =>
        this.moveToHuman(workspaceId, clickId, { tx, mayBeUnique: !wasDuplicate }),
      );
    }
  }

  private async moveToHuman(
    workspaceId: WorkspaceId,
    clickId: string,
    { tx, mayBeUnique }: { tx: Transaction; mayBeUnique: boolean },
  ): Promise<void> {
    const click = await this.clicks.findById(workspaceId, clickId, tx);
    if (click === undefined || !isConvertible(click)) return;
    // The index admits one unique click per visitor. If another writer was first, the transaction is retried without it.
    const isUnique = mayBeUnique && (await this.isFirst(workspaceId, click, tx));
    const change = { $unset: { botReason: 1 as const }, $set: { humanSince: new Date(), isUnique } };
    await this.clicks.updateById(workspaceId, clickId, change, tx);
    const { totals, variants } = humanAdditions({ ...countedClick(click), isUnique });
    await this.counters.addAll(workspaceId, new Map([[click.linkId, totals]]), STRIPE, tx);
    await this.variantClicks.addAll(workspaceId, variants, STRIPE, tx);
  }

  /** False also for clicks without a usable visitor key: private and erased ones. */
  private async isFirst(workspaceId: WorkspaceId, click: Click, tx: Transaction): Promise<boolean> {
    if (click.isPrivate || click.erasedAt) return false;
    const { visitorKey } = click;
    return (await this.clicks.findOne(workspaceId, { visitorKey, isUnique: true }, tx)) === undefined;
  }
}

/** Earlier versions stored the reason `prefetch` for prefetches of programs too, so the user agent is checked. */
function isConvertible({ botReason, isTest, userAgent, visitorRuleId }: Click): boolean {
  if (botReason !== 'prefetch' || isTest) return false;
  return visitorRuleId !== undefined || userAgent === '' || !isProgram(userAgent);
}
