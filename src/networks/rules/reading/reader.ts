import { isNoValue } from '../../../platform/text/no-value.js';
import type { CanonicalParam } from '../canonical-params.js';
import { chosenKey } from './chosen-key.js';
import type { Parameter } from './parameter.js';
import { paramName } from './param-name.js';
import type { NetworkDialect, ReadParameter } from './reading.js';
import { isUnfilledMacro } from './unfilled-macro.js';
import { ALIASES } from './vocabulary.js';

/** A sent parameter and how it was used. */
export interface SentParameter extends Parameter {
  /** The trimmed value. */
  readonly value: string;
  /** The name in the form that is compared; see `nameKey`. */
  readonly key: string;
  /** The currency at the beginning or end of the name, if the name is known only without it. */
  readonly unit?: string | undefined;
  /** `no_value`: a word such as `null`. `unfilled`: a macro that the sender did not fill in. */
  readonly content: 'filled' | 'empty' | 'no_value' | 'unfilled';
  takenAs: CanonicalParam | null;
}

type Accept = (value: string) => boolean;

/** Keys of names, each with its rank: first those of the network's mapping, then the common ones. */
interface Names {
  /** Keys of the names in the network's mapping. */
  mapped: readonly string[];
  ranks: ReadonlyMap<string, number>;
}

/** A dialect is used for many requests and never changes, so its names are parsed once. */
const namesByDialect = new WeakMap<NetworkDialect, Map<CanonicalParam, Names>>();

/** Finds parameters by canonical name, and records which one each was used for. Unfilled macros and words such as `null` count as absent. */
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

  /** The names of the network's mapping for this parameter. */
  mapped(param: CanonicalParam): readonly string[] {
    return this.names(param).mapped;
  }

  /** Uses the first parameter with a value: the mapping's names come before the common ones. */
  take(param: CanonicalParam, accept?: Accept): SentParameter | undefined {
    const hit = this.find(param, accept);
    if (hit) hit.takenAs ??= param; // a name may be mapped to two meanings
    return hit;
  }

  /** Like `take`, but only among parameters that are not used yet. */
  takeUnused(param: CanonicalParam): void {
    const { ranks } = this.names(param);
    const hit = this.sent.find(
      ({ key, content, takenAs }) => content === 'filled' && takenAs === null && ranks.has(key),
    );
    if (hit) hit.takenAs = param;
  }

  /** Like `take`, but only by the names of the mapping. */
  takeMapped(param: CanonicalParam, accept: Accept): SentParameter | undefined {
    const { mapped } = this.names(param);
    return this.takeRanked(param, accept, mapped.length);
  }

  /** Whether both would be read from one parameter. */
  shares(one: CanonicalParam, other: CanonicalParam): boolean {
    const found = this.find(one);
    return found !== undefined && found === this.find(other);
  }

  /** The first parameter with such a value, whatever its name. */
  findAny(accept: Accept): SentParameter | undefined {
    return this.sent.find(({ content, value }) => content === 'filled' && accept(value));
  }

  /** Parameters with a value and a name for this meaning that were not used. */
  unused(param: CanonicalParam): SentParameter[] {
    const { ranks } = this.names(param);
    return this.sent.filter(
      (one) => one.content === 'filled' && one.takenAs === null && rankOf(one, param, ranks) !== undefined,
    );
  }

  /** Whether the parameter's name is in the network's mapping for this meaning. */
  isMapped({ key }: Pick<SentParameter, 'key'>, param: CanonicalParam): boolean {
    const { mapped, ranks } = this.names(param);
    return (ranks.get(key) ?? Number.POSITIVE_INFINITY) < mapped.length;
  }

  /** A parameter with a name for this meaning and without a value: an unfilled macro or a word such as `null`. */
  dropped(param: CanonicalParam): SentParameter | undefined {
    const { ranks } = this.names(param);
    return this.sent.find(
      (one) => (one.content === 'unfilled' || one.content === 'no_value') && rankOf(one, param, ranks) !== undefined,
    );
  }

  /** Parameters with unfilled macros: all, or those with a name for one meaning. */
  unfilled(param?: CanonicalParam, mappedOnly = false): SentParameter[] {
    const names = param === undefined ? undefined : this.names(param);
    return this.sent.filter((one) => {
      if (one.content !== 'unfilled') return false;
      if (names === undefined) return true;
      const rank = names.ranks.get(one.key);
      return rank !== undefined && (!mappedOnly || rank < names.mapped.length);
    });
  }

  /** The meaning of a name, whether or not it has a value. */
  meaningOf(key: string): CanonicalParam | null {
    const all = Object.keys(ALIASES) as CanonicalParam[];
    return (
      all.find((param) => this.isMapped({ key }, param)) ??
      all.find((param) => this.names(param).ranks.has(key)) ??
      null
    );
  }

  /** One entry for each sent parameter, in the order they were sent. */
  report(): ReadParameter[] {
    return this.sent.map(({ name, key, content, takenAs }) => {
      if (takenAs !== null) return { name, state: 'taken', as: takenAs };
      return content === 'filled'
        ? { name, state: 'ignored', as: null }
        : { name, state: content, as: this.meaningOf(key) };
    });
  }

  private toSent({ name, value, isNumber, key: chosen }: Parameter): SentParameter {
    const text = value.trim();
    const { key, withUnit } = paramName(name);
    const isUnit = withUnit !== undefined && this.hasUnit(chosen ?? key, withUnit.key);
    // The same properties in the same order each time: V8 then uses one hidden class on this hot path.
    return {
      name,
      value: text,
      isNumber,
      key: chosen ?? (isUnit ? withUnit.key : key),
      unit: isUnit ? withUnit.unit : undefined,
      content: this.contentOf(text),
      takenAs: null,
    };
  }

  /** @param keyWithoutUnit the key of the name without the currency. */
  private hasUnit(key: string, keyWithoutUnit: string): boolean {
    if (key.startsWith('=')) return key === chosenKey('payout');
    return !this.isKnown(key) && this.names('payout').ranks.has(keyWithoutUnit);
  }

  private contentOf(text: string): SentParameter['content'] {
    if (text === '') return 'empty';
    if (this.isNothing(text)) return 'no_value';
    return isUnfilledMacro(text) ? 'unfilled' : 'filled';
  }

  /** A word such as `null` counts as a value if the network's mapping has a meaning for it. */
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
    if (names === undefined && this.dialect.chosen?.includes(param) === true) {
      const key = chosenKey(param);
      names = { mapped: [key], ranks: new Map([[key, 0]]) };
      this.namesOf.set(param, names);
    }
    if (names === undefined) {
      const mapped = this.dialect.mapping.params[param] ?? [];
      const ranks = new Map<string, number>();
      for (const name of [...mapped, ...ALIASES[param]]) {
        const { key } = paramName(name);
        const rank = ranks.size;
        // Ranks below `mapped.length` belong to the mapping, so equal names must not take two ranks.
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
