import { LRUCache } from 'lru-cache';
import type { PrivacySettings } from '../../workspaces/workspace-settings.js';

const MAX_AGE_MS = 1_000;
const MAX_KNOWN = 10_000;

/** For a workspace that is not known: better too little is kept than too much. */
export const MOST_PRIVATE: PrivacySettings | 'deleted' = { ipDays: 0, honourDoNotTrack: true };

/** How workspaces keep what is personal. */
export type ClickPrivacy = WorkspaceValues<PrivacySettings | 'deleted'>;

export interface ValueSource<V> {
  /** @returns the values of those of the workspaces that have one. */
  read(ids: readonly string[]): Promise<Map<string, V>>;
}

/** What the shipper must know of workspaces: as it was a second ago at most, and as it was last known while MongoDB is away. */
export class WorkspaceValues<V> {
  private readonly known = new LRUCache<string, { value: V; readAt: number }>({ max: MAX_KNOWN });

  /** @param fallback the value of workspaces that the source has none of. */
  constructor(
    private readonly source: ValueSource<V>,
    private readonly fallback: V,
  ) {}

  /**
   * To be called before the clicks of these workspaces are prepared.
   * @throws what the source throws, when one of them is not known yet: the clicks cannot be stored then either.
   */
  async load(ids: ReadonlySet<string>): Promise<void> {
    const now = Date.now();
    const due = [...ids].filter((id) => now - (this.known.get(id)?.readAt ?? 0) >= MAX_AGE_MS);
    if (due.length === 0) return;
    try {
      const read = await this.source.read(due);
      for (const id of due) this.known.set(id, { value: read.get(id) ?? this.fallback, readAt: now });
    } catch (error) {
      if (due.some((id) => !this.known.has(id))) throw error;
    }
  }

  of(id: string): V {
    return this.known.get(id)?.value ?? this.fallback;
  }
}
