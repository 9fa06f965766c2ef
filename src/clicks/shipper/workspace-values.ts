import { batchCalls } from '../../platform/cache/batch-calls.js';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import type { PrivacySettings } from '../../workspaces/settings/workspace-settings.js';

const MAX_AGE_MS = 1_000;
const MAX_WORKSPACES = 10_000;

/** For a workspace that is not known: better too little is kept than too much. */
export const MOST_PRIVATE: PrivacySettings | 'deleted' = { ipDays: 0, honourDoNotTrack: true };

/** How workspaces keep personal data. */
export type ClickPrivacy = WorkspaceValues<PrivacySettings | 'deleted'>;

export interface ValueSource<V> {
  /** @returns the values of those of the workspaces that have one. */
  read(ids: readonly string[]): Promise<Map<string, V>>;
}

/** Values of workspaces that the shipper needs: a second old at most, and as they were last known while MongoDB is away. */
export class WorkspaceValues<V extends NonNullable<unknown>> {
  private readonly cache: ReplicatedCache<V>;

  /** @param fallback the value of workspaces that the source has none of. */
  constructor(
    source: ValueSource<V>,
    private readonly fallback: V,
  ) {
    const load = batchCalls<string, V>(async (ids) => {
      const values = await source.read(ids);
      return ids.map((id) => values.get(id) ?? fallback);
    }, MAX_WORKSPACES);
    this.cache = new ReplicatedCache<V>({
      load,
      max: MAX_WORKSPACES,
      staleAfterMs: MAX_AGE_MS,
      // The clicks wait for MongoDB in any case: without it they cannot be stored.
      isStoreAnswering: () => true,
    });
  }

  /**
   * To be called before the clicks of these workspaces are prepared.
   * @throws what the source throws, when one of them is not known yet: the clicks cannot be stored then either.
   */
  async load(ids: ReadonlySet<string>): Promise<void> {
    await Promise.all([...ids].map((id) => this.cache.find(id)));
  }

  of(id: string): V {
    return this.cache.getCached(id) ?? this.fallback;
  }
}
