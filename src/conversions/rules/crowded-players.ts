import { LRUCache } from 'lru-cache';
import type { ConversionState } from './conversion-state.js';
import { MAX_CLICKS_OF_PLAYER, playerNodes } from './first-deposits.js';

const MAX_KNOWN = 10_000;
const KEPT_MS = 3_600_000;
/** Until then each transaction still reads a crowd's conversions, so that the clicks get their own first deposits. */
const SETTLED_AFTER_MS = 2_000;
/** Of a player with more conversions than are read, this many clicks among the first are enough. */
const MANY_CLICKS = 20;

/**
 * Remembers names that a network sends for many players. Their conversions are not read again and again: the name leads from one
 * click to thousands.
 */
export class CrowdedPlayers {
  private readonly seen = new LRUCache<string, number>({ max: MAX_KNOWN, ttl: KEPT_MS, updateAgeOnGet: true });

  /** Whether the clicks of this crowd are known to have first deposits of their own. */
  isSettled(workspaceId: string, node: string, now = Date.now()): boolean {
    const since = this.seen.get(`${workspaceId} ${node}`);
    return since !== undefined && now - since >= SETTLED_AFTER_MS;
  }

  /**
   * Those of the players that are crowds, by what was read of them.
   * @param limit no more conversions of a player are read.
   */
  note(
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
