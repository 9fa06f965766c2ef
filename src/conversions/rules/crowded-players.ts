import { LRUCache } from 'lru-cache';
import type { ConversionState } from './conversion-state.js';
import { MAX_CLICKS_OF_PLAYER, playerNodes } from './first-deposits.js';

const MAX_KNOWN = 10_000;
const KEPT_MS = 3_600_000;
/** Until then each transaction still reads all conversions of the id, so that each click gets its own first deposit. */
const SETTLED_AFTER_MS = 2_000;
/** With more conversions than are read, this many clicks among those read show that an id stands for many people. */
const MANY_CLICKS = 20;

/**
 * Remembers player ids that a network sends for many people ("crowds"). Such an id leads from one click to thousands, so
 * its conversions are not read each time.
 */
export class CrowdedPlayers {
  private readonly seen = new LRUCache<string, number>({ max: MAX_KNOWN, ttl: KEPT_MS, updateAgeOnGet: true });

  /** Whether each click of this crowd is known to have its own first deposit. */
  isSettled(workspaceId: string, node: string, now = Date.now()): boolean {
    const since = this.seen.get(`${workspaceId} ${node}`);
    return since !== undefined && now - since >= SETTLED_AFTER_MS;
  }

  /**
   * Finds and remembers the player ids that are crowds.
   * @param limit maximum number of conversions that are read for each player.
   */
  recordCrowds(
    workspaceId: string,
    read: readonly Pick<ConversionState, 'networkId' | 'clickId' | 'playerId' | 'eventType'>[],
    limit: number,
    now = Date.now(),
  ): string[] {
    const byNode = new Map<string, { count: number; clicks: Set<string | null> }>();
    for (const one of read) {
      for (const node of playerNodes(one)) {
        const known = byNode.get(node) ?? { count: 0, clicks: new Set() };
        known.count++;
        known.clicks.add(one.clickId);
        byNode.set(node, known);
      }
    }
    const crowds = [...byNode].flatMap(([node, { count, clicks }]) =>
      clicks.size > MAX_CLICKS_OF_PLAYER || (count >= limit && clicks.size > MANY_CLICKS) ? [node] : [],
    );
    for (const node of crowds) {
      const key = `${workspaceId} ${node}`;
      if (!this.seen.has(key)) this.seen.set(key, now);
    }
    return crowds;
  }
}
