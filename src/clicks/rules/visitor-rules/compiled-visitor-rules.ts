import { type IpAddress, parseIp } from '../../../platform/net/ip-address.js';
import { LRUCache } from 'lru-cache';
import { ownCopy } from '../../../platform/text/own-copy.js';
import {
  type CompiledMatch,
  compileMatch,
  matchesAddress,
  matchesAsn,
  matchesUserAgent,
  type Ruling,
  type Visitor,
  type VisitorMatch,
} from './visitor-match.js';

export interface RuleSource {
  _id: string;
  match: VisitorMatch;
  as: Ruling;
}

/** What the rules say of a visit, and which of them. */
export interface RuleDecision {
  as: Ruling;
  ruleId: string;
}

interface CompiledRule extends RuleDecision {
  match: CompiledMatch;
}

/** What a longer user agent says after this is ignored; the spool keeps as much. */
const MAX_USER_AGENT = 1_024;
/** Many rules with many texts would be searched for in every click; a day's traffic has few different user agents. */
const CACHED_USER_AGENTS = 1_000;
const CACHED_CHARACTERS = 300_000;

/**
 * A workspace's visitor rules, taken apart once. A rule that says `person` goes before every rule that says `bot`: it is the
 * exception. Among the rules of one kind the oldest is named.
 */
export class CompiledVisitorRules {
  static readonly NONE = new CompiledVisitorRules([]);

  /** Deciding takes the number of the visitor's network. */
  readonly needsAsn: boolean;
  private readonly rules: readonly CompiledRule[];
  /** Those of the rules whose user agent matches, by user agent. */
  private readonly candidates = new LRUCache<string, readonly CompiledRule[]>({
    max: CACHED_USER_AGENTS,
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: (_rules, userAgent) => userAgent.length + 1, // an empty text counts too
  });

  constructor(rules: readonly RuleSource[]) {
    const byAge = [...rules].sort((a, b) => (a._id < b._id ? -1 : 1));
    this.rules = [...byAge.filter(({ as }) => as === 'person'), ...byAge.filter(({ as }) => as !== 'person')].map(
      ({ _id, as, match }) => ({ as, ruleId: _id, match: compileMatch(match) }),
    );
    this.needsAsn = this.rules.some(({ match }) => match.asns !== undefined);
  }

  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  /** The rule that decides; `undefined` when none matches. Facts are asked for only where a rule needs them. */
  decide(visitor: Visitor): RuleDecision | undefined {
    if (this.isEmpty) return undefined;
    const candidates = this.candidatesFor(visitor.userAgent.slice(0, MAX_USER_AGENT));
    if (candidates.length === 0) return undefined;
    let ip: IpAddress | null | undefined = null;
    for (const { match, as, ruleId } of candidates) {
      if (match.ranges !== undefined && ip === null) ip = parseIp(visitor.ip);
      if (matchesAddress(match, ip ?? undefined) && (match.asns === undefined || matchesAsn(match, visitor.asn))) {
        return { as, ruleId };
      }
    }
    return undefined;
  }

  private candidatesFor(userAgent: string): readonly CompiledRule[] {
    let candidates = this.candidates.get(userAgent);
    if (candidates === undefined) {
      const lowerCased = userAgent.toLowerCase();
      candidates = this.rules.filter(({ match }) => matchesUserAgent(match, lowerCased));
      this.candidates.set(ownCopy(userAgent), candidates);
    }
    return candidates;
  }
}
