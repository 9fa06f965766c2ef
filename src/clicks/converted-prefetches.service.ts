import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { isProgram } from '../platform/user-agents/is-program.js';
import { LinkCountersRepository } from '../reports/link-counters.repository.js';
import { LinkQuartersRepository } from '../reports/link-quarters.repository.js';
import type { Click } from './click.schema.js';
import { ClicksRepository } from './clicks.repository.js';
import { countedClick } from './rules/counted-click.js';

/** The rows of counters that these changes are in: the shipper's rows are its own. */
const STRIPE = 'people';
/** The shipper stores a click a moment before it counts it. An older one is counted, or will be: the sums are right in the end. */
const COUNTED_AFTER_MS = 3_600_000;

/**
 * A prefetch whose click converts was a person's: the browser fetched the page ahead, then showed it. Such a click becomes a
 * person's, and the counters of its link move with it, in one transaction. It is found by its reason, which the
 * transaction takes away: so it moves once, however often and in however many processes it is asked for.
 */
@Injectable()
export class ConvertedPrefetches {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly counters: LinkCountersRepository,
    private readonly quarters: LinkQuartersRepository,
    private readonly transactions: Transactions,
  ) {}

  /**
   * @param clickIds clicks that have converted. Those that are no prefetches stay as they are.
   * @returns those that have to wait, because the shipper has not counted them yet.
   */
  async markHuman(workspaceId: WorkspaceId, clickIds: Iterable<string>): Promise<Set<string>> {
    const waiting = new Set<string>();
    for (const clickId of new Set(clickIds)) {
      const isDone = await this.transactions.run((tx, wasDuplicate) =>
        this.mark(workspaceId, clickId, { tx, mayBeUnique: !wasDuplicate }),
      );
      if (!isDone) waiting.add(clickId);
    }
    return waiting;
  }

  private async mark(
    workspaceId: WorkspaceId,
    clickId: string,
    { tx, mayBeUnique }: { tx: Transaction; mayBeUnique: boolean },
  ): Promise<boolean> {
    const click = await this.clicks.findById(workspaceId, clickId, tx);
    if (click === undefined || !isConvertible(click)) return true;
    // The index admits one unique click a visitor. Where another was quicker, the transaction runs again without.
    const isUnique = mayBeUnique && (await this.isFirst(workspaceId, click, tx));
    const isLongStored = Date.now() - click.at.getTime() > COUNTED_AFTER_MS;
    const counted = { ...countedClick(click), isUnique };
    if (!(await this.quarters.moveToHuman(workspaceId, counted, { stripe: STRIPE, isLongStored }, tx))) return false;
    const change = { $unset: { botReason: 1 as const }, $set: { humanSince: new Date(), isUnique } };
    await this.clicks.updateById(workspaceId, clickId, change, tx);
    const counts = { 'clicks.human': 1, 'clicks.bots': -1, ...(isUnique && { 'clicks.unique': 1 }) };
    const delta = { counts, payouts: {}, revenues: {} };
    await this.counters.addAll(workspaceId, new Map([[click.linkId, delta]]), STRIPE, tx);
    return true;
  }

  /** Whose visitor is not known any more, or never was, is no first of anything. */
  private async isFirst(workspaceId: WorkspaceId, click: Click, tx: Transaction): Promise<boolean> {
    if (click.isPrivate || click.erasedAt) return false;
    const { visitorKey } = click;
    return (await this.clicks.findOne(workspaceId, { visitorKey, isUnique: true }, tx)) === undefined;
  }
}

/** Versions before this one said `prefetch` of a program's prefetch as well. */
function isConvertible({ botReason, isTest, userAgent, visitorRuleId }: Click): boolean {
  if (botReason !== 'prefetch' || isTest) return false;
  return visitorRuleId !== undefined || userAgent === '' || !isProgram(userAgent);
}
