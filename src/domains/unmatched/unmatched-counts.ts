import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ServedDomain } from '../rules/served-domain.js';
import { ownCopy } from '../../platform/text/own-copy.js';
import { TopSlugs } from './top-slugs.js';

/** The target of an unmatched visit: the domain's root, or a slug that no link has. */
export type UnmatchedKind = 'root' | 'not_found';

/** The domain whose visits are counted. */
export type CountedDomain = Pick<ServedDomain, 'id' | 'workspaceId'>;

/** The counts of one domain and day. */
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

/** Maximum number of slugs stored for a domain and day. */
export const MAX_SLUGS = 100;
/** Maximum number of slugs in memory, of all domains. Beyond it visits are counted without their slug. */
const MAX_ALL_SLUGS = 20_000;
const MAX_SLUG_LENGTH = 100;
/** Maximum number of rows in memory, far above the number of domains. Beyond it nothing is counted. */
const MAX_ROWS = 100_000;

/** Counts unmatched visits in a bounded memory. */
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
    // Bots request the same thousand names on every host and would hide the slugs that people miss.
    if (kind === 'not_found' && !isBot && this.slugs < MAX_ALL_SLUGS) {
      const before = row.slugs.size;
      row.slugs.add(cut(slug));
      this.slugs += row.slugs.size - before;
    }
  }

  /** Returns the counts and starts from zero. */
  take(): UnmatchedDayCounts[] {
    const taken = [...this.rows.values()];
    this.rows = new Map();
    this.slugs = 0;
    return taken;
  }

  /** Adds counts that could not be stored. */
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

/** Returns a copy: a slice would keep the whole request in memory. */
function cut(slug: string): string {
  return ownCopy(slug.slice(0, MAX_SLUG_LENGTH));
}
