import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { firstIdAt } from '../../platform/ids/ids.js';
import { isTooSlow } from '../../platform/mongo/mongo-errors.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { NetworkDialects } from '../process/network-dialects.service.js';
import { PostbackInterpreter } from '../process/postback-interpreter.service.js';
import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import { EVENT_WORDS, STATUS_WORDS } from '../../networks/rules/reading/vocabulary.js';
import { inTime, SEARCH_MS } from './search-time.js';
import { type PostbackFilter, toQuery } from './postback-filter.js';
import { contentTypeOf, readBack } from './read-back.js';
import { seenSentence } from '../debugger/seen-sentence.js';
import { nearWords, type Suggestion } from '../debugger/suggestion.js';

/** An entry with a hint and a suggestion by today's mapping. */
export interface ExplainedPostback {
  postback: Postback;
  hint: string | null;
  suggestion: Suggestion | null;
}

const SEEN_DAYS = 7;
const DAY_MS = 86_400_000;
const MAX_SEEN = 1_000;
const SEEN_MS = 2_000;

/** Finds entries of the postback log and explains how to resolve them. */
@Injectable()
export class PostbackLogReader {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly networks: NetworksService,
    private readonly dialects: NetworkDialects,
    private readonly interpreter: PostbackInterpreter,
  ) {}

  /** Newest first. */
  async page(workspaceId: WorkspaceId, filter: PostbackFilter, page: PageRequest): Promise<Page<Postback>> {
    const query = toQuery(filter, new Date()) as Within<Postback>;
    return inTime(() => this.postbacks.page(workspaceId, query, page, SEARCH_MS));
  }

  /** Counts the entries that a filter finds, up to `limit`. */
  async count(workspaceId: WorkspaceId, filter: PostbackFilter, limit: number): Promise<number> {
    const query = toQuery(filter, new Date()) as Within<Postback>;
    return inTime(() => this.postbacks.count(workspaceId, query, { limit, maxTimeMs: SEARCH_MS }));
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<Postback> {
    const postback = await this.postbacks.findById(workspaceId, id);
    if (!postback) throw ProblemException.notFound('postback');
    return postback;
  }

  async explain(workspaceId: WorkspaceId, id: string): Promise<ExplainedPostback> {
    const postback = await this.read(workspaceId, id);
    const network = await this.networks.find(workspaceId, postback.networkId);
    if (network === undefined) return { postback, hint: postback.hint, suggestion: null };
    if (postback.verdict !== 'rejected') {
      return { postback, hint: postback.hint, suggestion: this.suggest(postback, network) };
    }
    const words = wordsBehind(postback.reason, this.dialects.of(network).dialect);
    if (words === undefined) return { postback, hint: postback.hint, suggestion: this.suggest(postback, network) };
    const more = [nearSentence(postback, words), await this.seen(workspaceId, postback)];
    return { postback, hint: [postback.hint, ...more].filter(Boolean).join(' '), suggestion: null };
  }

  private suggest(postback: Postback, network: Network): Suggestion | null {
    const { query, body, origin } = postback;
    const request = { query, body, contentType: contentTypeOf(postback) };
    const mapping = this.interpreter.suggestMapping(network, request, origin);
    return mapping && { mapping };
  }

  /** A sentence about equal rejections of the network in the last days. */
  private async seen(workspaceId: WorkspaceId, { networkId, reason, hint }: Postback): Promise<string> {
    const now = new Date();
    const after = firstIdAt('pbk', new Date(now.getTime() - SEEN_DAYS * DAY_MS));
    const same = { verdict: 'rejected', reason, networkId, hint } as Within<Postback>;
    const scan = { after, limit: MAX_SEEN + 1, fields: ['receivedAt'] as const, maxTimeMs: SEEN_MS };
    try {
      const entries = await this.postbacks.scan(workspaceId, same, scan);
      const [first] = entries;
      return first ? seenSentence({ count: entries.length, max: MAX_SEEN, first: first.receivedAt }, now) : '';
    } catch (error) {
      if (isTooSlow(error)) return '';
      throw error;
    }
  }
}

/** The known words for a rejected one, with their meanings. */
function wordsBehind(reason: string | null, { mapping }: NetworkDialect): Map<string, string> | undefined {
  if (reason === 'unmapped_event') return new Map(Object.entries({ ...EVENT_WORDS, ...mapping.events }));
  if (reason === 'unmapped_status') return new Map(Object.entries({ ...STATUS_WORDS, ...mapping.statuses }));
  return undefined;
}

function nearSentence(postback: Postback, words: Map<string, string>): string {
  const wanted = postback.reason === 'unmapped_event' ? 'event' : 'status';
  const sent = readBack(postback, postback.parameters).find(({ as, value }) => as === wanted && value !== '')?.value;
  const word = sent ?? /"([^"]+)"/.exec(postback.hint ?? '')?.[1];
  if (word === undefined) return '';
  if (words.has(word.toLowerCase())) return 'It is mapped now: replay it.';
  const near = nearWords(word, words.keys());
  if (near.length === 0) return '';
  return `Similar words: ${near.map((known) => `"${known}" (${words.get(known) ?? ''})`).join(', ')}.`;
}
