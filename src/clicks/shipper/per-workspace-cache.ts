import { batchCalls } from '../../platform/cache/batch-calls.js';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import type { PrivacySettings } from '../../workspaces/settings/workspace-settings.js';

const MAX_AGE_MS = 1_000;
const MAX_WORKSPACES = 10_000;

/** The settings for an unknown workspace, as they keep the least data. */
export const MOST_PRIVATE: PrivacySettings | 'deleted' = { ipDays: 0, honourDoNotTrack: true };

/** The privacy settings of workspaces. */
export type ClickPrivacy = PerWorkspaceCache<PrivacySettings | 'deleted'>;

export interface ValueSource<V> {
  /** @returns the values of the workspaces that have one. */
  read(ids: readonly string[]): Promise<Map<string, V>>;
}

/** Caches a value of each workspace for the shipper: at most one second old, or the last known one while MongoDB is away. */
export class PerWorkspaceCache<V extends NonNullable<unknown>> {
  private readonly cache: ReplicatedCache<V>;

  /** @param fallback the value for workspaces without one in the source. */
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
      // Without MongoDB the clicks cannot be stored either, so they may wait.
      isStoreAnswering: () => true,
    });
  }

  /**
   * Must be called before the clicks of these workspaces are prepared.
   * @throws the error of the source when one of the workspaces is not cached yet.
   */
  async load(ids: ReadonlySet<string>): Promise<void> {
    await Promise.all([...ids].map((id) => this.cache.find(id)));
  }

  of(id: string): V {
    return this.cache.getCached(id) ?? this.fallback;
  }
}
