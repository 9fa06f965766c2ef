import { Injectable } from '@nestjs/common';
import { isTooSlow } from '../platform/mongo/mongo-errors.js';
import type { Caller } from '../workspaces/caller.js';
import { allows } from '../workspaces/scopes.js';
import type { SearchCandidate, SearchKind } from './rules/candidate.js';
import { rankCandidates } from './rules/rank-candidates.js';
import { readSearchText, type SearchText } from './rules/search-text.js';
import { type SearchLookup, SearchLookups } from './search-lookups.service.js';

/** The results of a search, best first. */
export interface SearchOutcome {
  candidates: SearchCandidate[];
  /** Kinds of which a query took too long, so that results may be missing. */
  incompleteKinds: SearchKind[];
}

/** Finds things of a workspace by any text that names them. */
@Injectable()
export class SearchService {
  constructor(private readonly lookups: SearchLookups) {}

  /** Searches only the kinds that the caller may read. @param text trimmed, not empty. */
  async search({ workspaceId, scopes }: Caller, text: string, limit: number): Promise<SearchOutcome> {
    const search = readSearchText(text);
    const allowed = this.lookups.list(workspaceId, search).filter(({ scope }) => allows(scopes, scope));
    const found = await Promise.all(allowed.map(runInTime));
    const slow = allowed.filter((_, i) => found[i] === undefined).map(({ kind }) => kind);
    return {
      candidates: rankCandidates(
        found.flatMap((candidates) => candidates ?? []),
        needlesOf(search),
        limit,
      ),
      incompleteKinds: [...new Set(slow)],
    };
  }
}

/** @returns `undefined` when a query exceeded its time limit. */
async function runInTime({ run }: SearchLookup): Promise<SearchCandidate[] | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isTooSlow(error)) return undefined;
    throw error;
  }
}

function needlesOf({ text, address, slug }: SearchText): string[] {
  const { hostname, slug: ofAddress } = address ?? {};
  const place = ofAddress === undefined ? hostname : `${hostname}/${ofAddress}`;
  return [...new Set([text, slug ?? text, place ?? text])];
}
