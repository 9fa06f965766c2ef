import { LRUCache } from 'lru-cache';
import type { PrivacySettings } from '../../workspaces/workspace-settings.js';

const MAX_AGE_MS = 1_000;
const MAX_KNOWN = 10_000;
/** For a workspace that nobody knows: better too little is kept than too much. */
const MOST_PRIVATE: PrivacySettings = { ipDays: 0, honourDoNotTrack: true };

type Known = PrivacySettings | 'deleted';

export interface PrivacySource {
  read(ids: readonly string[]): Promise<Map<string, Known>>;
}

/** How workspaces keep what is personal, as it was a second ago at most; as it was last known while MongoDB is away. */
export class ClickPrivacy {
  private readonly known = new LRUCache<string, { settings: Known; readAt: number }>({ max: MAX_KNOWN });

  constructor(private readonly source: PrivacySource) {}

  /**
   * To be called before the clicks of these workspaces are prepared.
   * @throws what the source throws, when one of them is not known yet: the clicks can not be stored then either.
   */
  async load(ids: ReadonlySet<string>): Promise<void> {
    const now = Date.now();
    const due = [...ids].filter((id) => now - (this.known.get(id)?.readAt ?? 0) >= MAX_AGE_MS);
    if (due.length === 0) return;
    try {
      const read = await this.source.read(due);
      for (const id of due) this.known.set(id, { settings: read.get(id) ?? MOST_PRIVATE, readAt: now });
    } catch (error) {
      if (due.some((id) => !this.known.has(id))) throw error;
    }
  }

  of(id: string): Known {
    return this.known.get(id)?.settings ?? MOST_PRIVATE;
  }
}
