import { isNoValue } from '../../../platform/text/no-value.js';
import type { CanonicalParam } from '../canonical-params.js';
import type { Parameter } from './parameter.js';
import { paramName } from './param-name.js';
import type { NetworkDialect, ReadParameter } from './reading.js';
import { isUnfilledMacro } from './unfilled-macro.js';
import { ALIASES } from './vocabulary.js';

/** A sent parameter and what became of it. */
export interface SentParameter extends Parameter {
  /** The value without blanks around it. */
  readonly value: string;
  /** The name as it is compared. */
  readonly key: string;
  /** The currency that the name ends with, where only the rest of it is a known name. */
  readonly unit?: string | undefined;
  /** `no_value`: a word such as `null`. `unfilled`: a macro that the sender did not fill in. */
  readonly content: 'filled' | 'empty' | 'no_value' | 'unfilled';
  takenAs: CanonicalParam | null;
}

type Accept = (value: string) => boolean;

/** Names as they are compared, each with its rank: those of the network's mapping, and after them the common ones. */
interface Names {
  /** As the network's mapping has them. */
  mapped: readonly string[];
  ranks: ReadonlyMap<string, number>;
}

/** A dialect is used for many requests, and never changes. */
const namesByDialect = new WeakMap<NetworkDialect, Map<CanonicalParam, Names>>();

/** Finds parameters by canonical name; macros and words for no value count as absent. It remembers what each gave. */
export class Reader {
  readonly sent: readonly SentParameter[];
  private readonly namesOf: Map<CanonicalParam, Names>;

  constructor(
    parameters: readonly Parameter[],
    readonly dialect: NetworkDialect,
  ) {
    this.namesOf = namesByDialect.get(dialect) ?? new Map<CanonicalParam, Names>();
    namesByDialect.set(dialect, this.namesOf);
    this.sent = parameters.map((parameter) => this.toSent(parameter));
  }

  /** The names that the network's mapping has for it. */
  mapped(param: CanonicalParam): readonly string[] {
    return this.names(param).mapped;
  }

  /** The first filled parameter for it: the mapping's names before the common ones. */
  take(param: CanonicalParam, accept?: Accept): SentParameter | undefined {
    const hit = this.find(param, accept);
    if (hit) hit.takenAs ??= param; // one may be mapped to two meanings
    return hit;
  }

  /** Like take, but only of what gave nothing yet. */
  takeUnused(param: CanonicalParam): void {
    const { ranks } = this.names(param);
    const hit = this.sent.find(
      ({ key, content, takenAs }) => content === 'filled' && takenAs === null && ranks.has(key),
    );
    if (hit) hit.takenAs = param;
  }

  /** Like take, by the names of the mapping alone. */
  takeMapped(param: CanonicalParam, accept: Accept): SentParameter | undefined {
    const own = this.names(param);
    return this.takeRanked(param, accept, own.mapped.length);
  }

  /** Whether both would be read from the same parameter. */
  shares(one: CanonicalParam, other: CanonicalParam): boolean {
    const found = this.find(one);
    return found !== undefined && found === this.find(other);
  }

  /** The first parameter, whatever its name, with such a value. */
  findAny(accept: Accept): SentParameter | undefined {
    return this.sent.find(({ content, value }) => content === 'filled' && accept(value));
  }

  /** What came filled under a name for it, and gave nothing. */
  unused(param: CanonicalParam): SentParameter[] {
    const { ranks } = this.names(param);
    return this.sent.filter(
      (one) => one.content === 'filled' && one.takenAs === null && rankOf(one, param, ranks) !== undefined,
    );
  }

  /** Whether it has one of the names that the network's mapping has for it. */
  isMapped({ key }: Pick<SentParameter, 'key'>, param: CanonicalParam): boolean {
    const { mapped, ranks } = this.names(param);
    return (ranks.get(key) ?? Number.POSITIVE_INFINITY) < mapped.length;
  }

  /** What came under a name for it and holds nothing: a macro or a word for no value. */
  dropped(param: CanonicalParam): SentParameter | undefined {
    const { ranks } = this.names(param);
    return this.sent.find(
      (one) => (one.content === 'unfilled' || one.content === 'no_value') && rankOf(one, param, ranks) !== undefined,
    );
  }

  unfilled(param?: CanonicalParam, mappedOnly = false): SentParameter[] {
    const names = param === undefined ? undefined : this.names(param);
    return this.sent.filter((one) => {
      if (one.content !== 'unfilled') return false;
      if (names === undefined) return true;
      const rank = names.ranks.get(one.key);
      return rank !== undefined && (!mappedOnly || rank < names.mapped.length);
    });
  }

  /** What a name would have given, had it been filled. */
  meaningOf(key: string): CanonicalParam | null {
    const all = Object.keys(ALIASES) as CanonicalParam[];
    return (
      all.find((param) => this.isMapped({ key }, param)) ??
      all.find((param) => this.names(param).ranks.has(key)) ??
      null
    );
  }

  /** One entry for each sent parameter, in their order. */
  report(): ReadParameter[] {
    return this.sent.map(({ name, key, content, takenAs }) => {
      if (takenAs !== null) return { name, state: 'taken', as: takenAs };
      return content === 'filled'
        ? { name, state: 'ignored', as: null }
        : { name, state: content, as: this.meaningOf(key) };
    });
  }

  private toSent({ name, value, isNumber }: Parameter): SentParameter {
    const text = value.trim();
    const { key, withUnit } = paramName(name);
    const isUnit = withUnit !== undefined && !this.isKnown(key) && this.names('payout').ranks.has(withUnit.key);
    // One shape for all: there are many of them on the way of every postback.
    return {
      name,
      value: text,
      isNumber,
      key: isUnit ? withUnit.key : key,
      unit: isUnit ? withUnit.unit : undefined,
      content: this.contentOf(text),
      takenAs: null,
    };
  }

  private contentOf(text: string): SentParameter['content'] {
    if (text === '') return 'empty';
    if (this.isNothing(text)) return 'no_value';
    return isUnfilledMacro(text) ? 'unfilled' : 'filled';
  }

  /** A network may have a meaning for such a word all the same. */
  private isNothing(text: string): boolean {
    if (!isNoValue(text)) return false;
    const { events, statuses } = this.dialect.mapping;
    const word = text.toLowerCase();
    return !Object.hasOwn(events, word) && !Object.hasOwn(statuses, word);
  }

  private isKnown(key: string): boolean {
    return (Object.keys(ALIASES) as CanonicalParam[]).some((param) => this.names(param).ranks.has(key));
  }

  private names(param: CanonicalParam): Names {
    let names = this.namesOf.get(param);
    if (names === undefined) {
      const mapped = this.dialect.mapping.params[param] ?? [];
      const ranks = new Map<string, number>();
      for (const name of [...mapped, ...ALIASES[param]]) {
        const { key } = paramName(name);
        const rank = ranks.size;
        // The rank tells whether a name is the mapping's, so each of those has one, though two may be the same.
        if (!ranks.has(key)) ranks.set(key, rank);
      }
      names = { mapped: [...new Set(mapped.map((name) => paramName(name).key))], ranks };
      this.namesOf.set(param, names);
    }
    return names;
  }

  private find(param: CanonicalParam, accept?: Accept): SentParameter | undefined {
    return this.findRanked(param, accept, Number.POSITIVE_INFINITY);
  }

  private takeRanked(param: CanonicalParam, accept: Accept, limit: number): SentParameter | undefined {
    const hit = this.findRanked(param, accept, limit);
    if (hit) hit.takenAs ??= param;
    return hit;
  }

  private findRanked(param: CanonicalParam, accept: Accept | undefined, limit: number): SentParameter | undefined {
    const { ranks } = this.names(param);
    let best: SentParameter | undefined;
    let bestRank = limit;
    for (const one of this.sent) {
      if (one.content !== 'filled' || one.takenAs === 'click_id') continue;
      const rank = rankOf(one, param, ranks);
      if (rank === undefined || rank >= bestRank || (accept && !accept(one.value))) continue;
      best = one;
      bestRank = rank;
    }
    return best;
  }
}

function rankOf(
  { key, unit }: SentParameter,
  param: CanonicalParam,
  ranks: ReadonlyMap<string, number>,
): number | undefined {
  return unit === undefined || param === 'payout' ? ranks.get(key) : undefined;
}
