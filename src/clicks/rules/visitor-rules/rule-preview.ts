import { type IpAddress, isIpv4, parseIp } from '../../../platform/net/ip-address.js';
import { type IpRange, isInRange } from '../../../platform/net/ip-range.js';
import type { Click } from '../../click.schema.js';
import { type CompiledMatch, matchesAddress, matchesAsn, matchesUserAgent, type VisitorKind } from './visitor-match.js';

export const PREVIEW_FIELDS = [
  '_id',
  'linkId',
  'at',
  'userAgent',
  'asn',
  'ip',
  'isIpFull',
  'isPrivate',
  'erasedAt',
  'botReason',
  'visitorRuleId',
] as const satisfies (keyof Click)[];
export type PreviewedClick = Pick<Click, (typeof PREVIEW_FIELDS)[number]>;

export interface PreviewedSample {
  click: PreviewedClick;
  wouldChange: boolean;
}

type MatchResult = 'yes' | 'no' | 'unknown';

const MAX_SAMPLES = 10;
const MAX_LINKS = 10;
/** The prefix that is left of a truncated address; see truncate-address.ts. */
const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const;

/** Counts the clicks that a rule would have matched and changed. */
export class RulePreview {
  checked = 0;
  clicks = 0;
  wouldChange = 0;
  /** Clicks that may match: their whole address is not stored. */
  withoutAddress = 0;
  /** Clicks that may match: their personal data is not stored. */
  withoutFacts = 0;
  private readonly byLink = new Map<string, { clicks: number; wouldChange: number }>();
  private readonly changed: PreviewedSample[] = [];
  private readonly unchanged: PreviewedSample[] = [];

  constructor(
    private readonly match: CompiledMatch,
    private readonly as: VisitorKind,
  ) {}

  add(click: PreviewedClick): void {
    this.checked++;
    const facts = factsMatch(this.match, click);
    if (facts === 'no') return;
    const address = addressMatches(this.match, click);
    if (address === 'no') return;
    if (facts === 'unknown') this.withoutFacts++;
    else if (address === 'unknown') this.withoutAddress++;
    else this.count(click);
  }

  /** The links with the most clicks that would change, then with the most clicks. */
  links(): { linkId: string; clicks: number; wouldChange: number }[] {
    return [...this.byLink]
      .map(([linkId, counts]) => ({ linkId, ...counts }))
      .sort((a, b) => b.wouldChange - a.wouldChange || b.clicks - a.clicks || (a.linkId < b.linkId ? -1 : 1))
      .slice(0, MAX_LINKS);
  }

  samples(): PreviewedSample[] {
    return [...this.changed, ...this.unchanged].slice(0, MAX_SAMPLES);
  }

  private count(click: PreviewedClick): void {
    const wouldChange = changes(click, this.as);
    let link = this.byLink.get(click.linkId);
    if (link === undefined) this.byLink.set(click.linkId, (link = { clicks: 0, wouldChange: 0 }));
    this.clicks++;
    link.clicks++;
    if (wouldChange) {
      this.wouldChange++;
      link.wouldChange++;
    }
    const samples = wouldChange ? this.changed : this.unchanged;
    if (samples.length < MAX_SAMPLES) samples.push({ click, wouldChange });
  }
}

/** No rule turns `HEAD` requests and prefetches into visits, and a `person` rule has precedence over a `bot` rule. */
function changes({ botReason, visitorRuleId }: PreviewedClick, as: VisitorKind): boolean {
  if (as === 'person') return botReason !== undefined && botReason !== 'head' && botReason !== 'prefetch';
  return botReason === undefined && visitorRuleId === undefined;
}

function factsMatch(match: CompiledMatch, click: PreviewedClick): MatchResult {
  if (match.userAgents === undefined && match.asns === undefined) return 'yes';
  if (click.isPrivate || click.erasedAt) return 'unknown';
  const isMatch = matchesUserAgent(match, click.userAgent.toLowerCase()) && matchesAsn(match, click.asn);
  return isMatch ? 'yes' : 'no';
}

function addressMatches(match: CompiledMatch, { ip, isIpFull }: PreviewedClick): MatchResult {
  if (match.ranges === undefined) return 'yes';
  const address = parseIp(ip ?? '');
  if (address === undefined) return 'unknown';
  if (isIpFull) return matchesAddress(match, address) ? 'yes' : 'no';
  const answers = match.ranges.map((range) => networkMatches(range, address));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** @param network a truncated address. The visitor's address is somewhere in this network. */
function networkMatches({ words, bits }: IpRange, network: IpAddress): MatchResult {
  const kept = isIpv4(network) ? KEPT_BITS.ipv4 : KEPT_BITS.ipv6;
  if (!isInRange(network, { words, bits: Math.min(bits, kept) })) return 'no';
  return bits <= kept ? 'yes' : 'unknown';
}
