import { Injectable } from '@nestjs/common';
import { definedOnly } from '../platform/collections/defined-only.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { startingWith } from '../platform/mongo/containing.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { parseTime } from '../platform/time/parse-time.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import type { Conversion } from './conversion.schema.js';
import type { ConversionFilterQuery } from './conversions.dto.js';
import { ConversionsRepository } from './conversions.repository.js';

/** So many conversions may begin with a text. The list sorts them by their ids, so all of them have to be known. */
const MAX_MATCHES = 1_000;

/** Turns the filters of lists, totals and exports into one database filter, so that all three find the same. */
@Injectable()
export class ConversionFilters {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** @param query `from` and `to` must be resolved to points in time. */
  async of(viewer: Viewer, { q, ...query }: ConversionFilterQuery): Promise<Within<Conversion>> {
    const condition = await this.restrictions.conditionFor(viewer, query.linkId);
    const text = q === undefined ? {} : await this.ofText(viewer.workspaceId, q.trim());
    return { ...conversionFilter(query), ...condition, ...text } as Within<Conversion>;
  }

  /**
   * The conversions with this id, click, transaction or player; without any, those where one of these begins with the text.
   * Every clause names the workspace, so that MongoDB uses the index of its field.
   */
  private async ofText(workspaceId: WorkspaceId, q: string): Promise<object> {
    const exact = { $or: clauses(workspaceId, { $eq: q }) };
    const [hit] = await this.conversions.findMany(workspaceId, exact as Within<Conversion>, undefined, {
      fields: ['_id'],
      limit: 1,
    });
    if (hit) return exact;
    const found = await Promise.all(
      clauses(workspaceId, startingWith(q)).map((clause) =>
        this.conversions.findMany(workspaceId, clause as Within<Conversion>, undefined, {
          fields: ['_id'],
          limit: MAX_MATCHES + 1,
        }),
      ),
    );
    const ids = new Set(found.flat().map(({ _id }) => _id));
    if (ids.size > MAX_MATCHES) throw ProblemException.invalid(TOO_MANY_MATCHES);
    return { _id: { $in: [...ids] } };
  }
}

/** The database filter for a query without a text. `from` and `to` must be resolved to points in time. */
export function conversionFilter(query: Omit<ConversionFilterQuery, 'q'>): Within<Conversion> {
  const { from, to, timeBy = 'conversion', flag, isFtd, ...equal } = query;
  const range = definedOnly({ $gte: parseTime(from ?? ''), $lt: parseTime(to ?? '') });
  const timeField = timeBy === 'click' ? 'clickedAt' : 'convertedAt';
  return {
    ...definedOnly({ ...equal, flags: flag, isFtd: isFtd === undefined ? undefined : isFtd === 'true' }),
    ...(Object.keys(range).length > 0 && { [timeField]: range }),
  } as Within<Conversion>;
}

/** MongoDB uses a partial index only for queries that ask for texts (docs/traps.md). */
function clauses(workspaceId: WorkspaceId, condition: object): object[] {
  return [
    { workspaceId, _id: condition },
    { workspaceId, clickId: condition },
    { workspaceId, txid: { ...condition, $type: 'string' } },
    { workspaceId, playerId: { ...condition, $type: 'string' } },
  ];
}

const TOO_MANY_MATCHES = {
  path: 'q',
  code: 'too_many_matches',
  message: `more than ${MAX_MATCHES.toLocaleString('en')} conversions begin with it: give more characters`,
};
