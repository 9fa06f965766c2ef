import { Injectable } from '@nestjs/common';
import { ClicksRepository } from '../../clicks/clicks.repository.js';
import { ConversionReader } from '../../conversions/conversion-reader.service.js';
import type { Conversion } from '../../conversions/conversion.schema.js';
import type { Caller } from '../../workspaces/caller.js';
import { allows } from '../../workspaces/scopes.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { assembleStory } from '../rules/conversion-story.js';
import type { ConversionStoryResponse } from './conversion-story.dto.js';

/** Requests of one conversion that are read, newest first. A network that repeats itself for weeks sends more. */
const MAX_REQUESTS = 500;

/** Tells what happened to a conversion: reads its click and its log entries, which rules/conversion-story.ts puts in order. */
@Injectable()
export class ConversionStory {
  constructor(
    private readonly conversions: ConversionReader,
    private readonly clicks: ClicksRepository,
    private readonly postbacks: PostbacksRepository,
  ) {}

  /** @throws ProblemException 404. */
  async read(caller: Caller, id: string): Promise<ConversionStoryResponse> {
    const { workspaceId, scopes, restrictions } = caller;
    const conversion = await this.conversions.get(caller, id);
    const { clickId } = conversion;
    const [click, linked, named] = await Promise.all([
      clickId === null ? undefined : this.clicks.findById(workspaceId, clickId),
      this.linkedTo(conversion),
      this.namedIn(conversion),
    ]);
    const requests = linked.slice(0, MAX_REQUESTS);
    const postbacks = [...new Map([...named, ...requests].map((postback) => [postback._id, postback])).values()];
    // Requests contain amounts, and one request may be about the clicks of several links.
    const includeHints = !restrictions.hidesMoney && restrictions.linkLimits === null;
    const includeRequests = allows(scopes, 'postbacks:read') && includeHints;
    const parts = {
      conversion,
      click,
      postbacks: postbacks.toSorted(byId),
      includeRequests,
      includeHints,
    };
    return { entries: assembleStory(parts), complete: linked.length <= MAX_REQUESTS };
  }

  private linkedTo({ workspaceId, _id }: Conversion): Promise<Postback[]> {
    // MongoDB uses the partial index only for queries that ask for texts (docs/traps.md).
    const filter = { conversionId: { $eq: _id, $type: 'string' as const } };
    return this.postbacks.findMany(workspaceId, filter, undefined, { sort: { _id: -1 }, limit: MAX_REQUESTS + 1 });
  }

  /** The requests that the history names. A request can change several conversions; its log entry names one. */
  private async namedIn({ workspaceId, history }: Conversion): Promise<Postback[]> {
    const ids = history.flatMap(({ origin, sourceId }) =>
      origin === 'postback' || origin === 'pixel' ? [sourceId] : [],
    );
    return ids.length === 0 ? [] : this.postbacks.findMany(workspaceId, { _id: { $in: ids } });
  }
}

function byId(a: Postback, b: Postback): number {
  return a._id < b._id ? -1 : 1;
}
