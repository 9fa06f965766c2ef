import { Injectable } from '@nestjs/common';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Postback, type Verdict, VERDICTS } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { type PostbackFilter, toQuery } from './postback-filter.js';
import type { PostbackCountsResponse } from './postback-log.dto.js';
import { inTime, SEARCH_MS } from './search-time.js';

const MAX_COUNTED = 100_000;

/** Counts the entries of the log by verdict. */
@Injectable()
export class PostbackCounts {
  constructor(private readonly postbacks: PostbacksRepository) {}

  /** @throws ProblemException 422 when it takes too long. */
  async read(workspaceId: WorkspaceId, filter: PostbackFilter): Promise<PostbackCountsResponse> {
    const now = new Date();
    const { q, ...indexed } = filter;
    const among = toQuery(indexed, now) as Within<Postback>;
    const all = toQuery(filter, now) as Within<Postback>;
    const waits = toQuery({ ...filter, waiting: true }, now) as Within<Postback>;
    const bounds = { limit: MAX_COUNTED, maxTimeMs: SEARCH_MS };
    const [found, groups, waiting] = await inTime(() =>
      Promise.all([
        this.postbacks.count(workspaceId, among, { ...bounds, limit: MAX_COUNTED + 1 }),
        // A text is searched only among the newest entries, because no index finds it.
        this.postbacks.countNewestBy(workspaceId, 'verdict', {
          ...bounds,
          among,
          ...(q !== undefined && { filter: all }),
        }),
        this.postbacks.count(workspaceId, waits, bounds),
      ]),
    );
    const counts = VERDICTS.map((verdict) => [verdict, groups.get(verdict) ?? 0] as const);
    return {
      total: counts.reduce((sum, [, count]) => sum + count, 0),
      verdicts: Object.fromEntries(counts) as Record<Verdict, number>,
      waiting,
      complete: found <= MAX_COUNTED,
    };
  }
}
