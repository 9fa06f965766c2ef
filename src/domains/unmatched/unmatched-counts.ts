import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ServedDomain } from '../rules/served-domain.js';
import { ownCopy } from '../../platform/text/own-copy.js';
import { TopSlugs } from './top-slugs.js';

/** What a visit without a link asked for: the domain's root, or a slug that no link has. */
export type UnmatchedKind = 'root' | 'not_found';

/** Whose visits are counted. */
export type CountedDomain = Pick<ServedDomain, 'id' | 'workspaceId'>;

/** What has been counted of one domain and day. */
export interface UnmatchedDayCounts {
  workspaceId: WorkspaceId;
  domainId: string;
  /** `2026-01-31` */
  day: string;
  root: number;
  rootBots: number;
  notFound: number;
  notFoundBots: number;
  slugs: TopSlugs;
}

/** Slugs of a domain and day that are kept. */
export const MAX_SLUGS = 100;
/** Slugs in memory, of all domains together; beyond it visits are counted without their slug. */
const MAX_ALL_SLUGS = 20_000;
const MAX_SLUG_LENGTH = 100;
/** Domains and days in memory: many more than there are domains. Beyond it nothing is counted. */
const MAX_ROWS = 100_000;

/** Counts in memory, which is bounded whatever is asked for. */
export class UnmatchedCounts {
  private rows = new Map<string, UnmatchedDayCounts>();
  private slugs = 0;

  count(
    domain: CountedDomain,
    kind: UnmatchedKind,
    { at, slug, isBot }: { at: number; slug: string; isBot: boolean },
  ): void {
    const row = this.rowOf(domain, new Date(at).toISOString().slice(0, 10));
    if (row === undefined) return;
    if (kind === 'root') row[isBot ? 'rootBots' : 'root']++;
    else row[isBot ? 'notFoundBots' : 'notFound']++;
    // Bots ask for the same thousand names everywhere: they would hide the one that people miss.
    if (kind === 'not_found' && !isBot && this.slugs < MAX_ALL_SLUGS) {
      const before = row.slugs.size;
      row.slugs.add(cut(slug));
      this.slugs += row.slugs.size - before;
    }
  }

  /** What has been counted; counting begins anew. */
  take(): UnmatchedDayCounts[] {
    const taken = [...this.rows.values()];
    this.rows = new Map();
    this.slugs = 0;
    return taken;
  }

  /** What could not be stored goes on to be counted here. */
  putBack(taken: readonly UnmatchedDayCounts[]): void {
    for (const counts of taken) {
      const row = this.rowOf({ id: counts.domainId, workspaceId: counts.workspaceId }, counts.day);
      if (row === undefined) continue;
      for (const name of ['root', 'rootBots', 'notFound', 'notFoundBots'] as const) row[name] += counts[name];
      const before = row.slugs.size;
      if (this.slugs < MAX_ALL_SLUGS) row.slugs.merge(counts.slugs.entries());
      this.slugs += row.slugs.size - before;
    }
  }

  private rowOf({ id: domainId, workspaceId }: CountedDomain, day: string): UnmatchedDayCounts | undefined {
    const key = `${domainId}:${day}`;
    let row = this.rows.get(key);
    if (row === undefined && this.rows.size < MAX_ROWS) {
      const numbers = { root: 0, rootBots: 0, notFound: 0, notFoundBots: 0 };
      row = { workspaceId, domainId, day, ...numbers, slugs: new TopSlugs(MAX_SLUGS) };
      this.rows.set(key, row);
    }
    return row;
  }
}

/** A copy: what is cut out of a text would keep the whole request in memory. */
function cut(slug: string): string {
  return ownCopy(slug.slice(0, MAX_SLUG_LENGTH));
}
