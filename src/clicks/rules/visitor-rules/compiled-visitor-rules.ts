import { type IpAddress, parseIp } from '../../../platform/net/ip-address.js';
import { LRUCache } from 'lru-cache';
import { ownCopy } from '../../../platform/text/own-copy.js';
import {
  type CompiledMatch,
  compileMatch,
  matchesAddress,
  matchesAsn,
  matchesUserAgent,
  type VisitorKind,
  type Visitor,
  type VisitorMatch,
} from './visitor-match.js';

// src/clicks/rules/visitor-rules: the pure code of visitor rules. visitor-match.ts is the condition of one rule, this file
// decides by all rules of a workspace, apply-visitor-rules.ts sets the decision on a click, rule-preview.ts counts for a preview.

/** A rule as it is stored. */
export interface RuleSource {
  _id: string;
  match: VisitorMatch;
  as: VisitorKind;
}

/** The decision about a visit, and the rule that made it. */
export interface RuleDecision {
  as: VisitorKind;
  ruleId: string;
}

interface CompiledRule extends RuleDecision {
  match: CompiledMatch;
}

/** Characters of a user agent that are compared, as many as the spool keeps. */
const MAX_USER_AGENT = 1_024;
/** Saves comparing every click with many texts: a day's traffic has few different user agents. */
const CACHED_USER_AGENTS = 1_000;
const CACHED_CHARACTERS = 300_000;

/**
 * A workspace's visitor rules, compiled. A rule that says `person` has precedence over all rules that say `bot`, as it is the
 * exception. Of several matching rules of one kind, the oldest is reported.
 */
export class CompiledVisitorRules {
  static readonly NONE = new CompiledVisitorRules([]);

  /** Whether a decision needs the number of the visitor's network. */
  readonly needsAsn: boolean;
  private readonly rules: readonly CompiledRule[];
  /** The rules whose user agent matches, by user agent. */
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

  /** The rule that decides; `undefined` when none matches. `visitor.asn` is read only when a rule needs it. */
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
