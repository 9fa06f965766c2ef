import type { CanonicalParam } from '../canonical-params.js';
import type { Parameter } from './parameter.js';
import type { NetworkDialect, ReadParameter } from './reading.js';
import { isUnfilledMacro } from './unfilled-macro.js';
import { ALIASES } from './vocabulary.js';

/** A sent parameter and what became of it. */
export interface SentParameter {
  /** As it was sent. */
  readonly name: string;
  readonly value: string;
  /** The name without case. */
  readonly key: string;
  readonly content: 'filled' | 'empty' | 'unfilled';
  takenAs: CanonicalParam | null;
}

type Accept = (value: string) => boolean;

/** The names of a parameter, in lower case: those of the network's mapping, and after them the common ones. */
interface Names {
  mapped: readonly string[];
  all: readonly string[];
}

/** A dialect is used for many requests, and never changes. */
const namesByDialect = new WeakMap<NetworkDialect, Map<CanonicalParam, Names>>();

/** Finds parameters by canonical name, without case, unfilled macros counting as absent; and remembers what each gave. */
export class Reader {
  readonly sent: readonly SentParameter[];
  private readonly namesOf: Map<CanonicalParam, Names>;

  constructor(
    parameters: readonly Parameter[],
    readonly dialect: NetworkDialect,
  ) {
    this.namesOf = namesByDialect.get(dialect) ?? new Map<CanonicalParam, Names>();
    namesByDialect.set(dialect, this.namesOf);
    this.sent = parameters.map(({ name, value }) => {
      const text = value.trim();
      const content = text === '' ? 'empty' : isUnfilledMacro(text) ? 'unfilled' : 'filled';
      return { name, value: text, key: name.toLowerCase(), content, takenAs: null };
    });
  }

  /** The names that the network's mapping has for it, lower case. */
  mapped(param: CanonicalParam): readonly string[] {
    return this.names(param).mapped;
  }

  /** The value of the first filled parameter for it: the mapping's names before the common ones. */
  take(param: CanonicalParam, accept?: Accept): string | undefined {
    return this.takeFrom(param, this.names(param).all, accept)?.value;
  }

  takeFrom(param: CanonicalParam, names: readonly string[], accept?: Accept): SentParameter | undefined {
    const hit = this.find(names, accept);
    if (hit) hit.takenAs ??= param; // one may be mapped to two meanings
    return hit;
  }

  /** Like take, but only of what gave nothing yet. */
  takeUnused(param: CanonicalParam): void {
    const names = this.names(param).all;
    const hit = this.sent.find(
      ({ key, content, takenAs }) => content === 'filled' && takenAs === null && names.includes(key),
    );
    if (hit) hit.takenAs = param;
  }

  /** Whether both would be read from the same parameter. */
  shares(one: CanonicalParam, other: CanonicalParam): boolean {
    const found = this.find(this.names(one).all);
    return found !== undefined && found === this.find(this.names(other).all);
  }

  /** The first parameter, whatever its name, with such a value. */
  findAny(accept: Accept): SentParameter | undefined {
    return this.sent.find(({ content, value }) => content === 'filled' && accept(value));
  }

  unfilled(names?: readonly string[]): SentParameter[] {
    return this.sent.filter(({ content, key }) => content === 'unfilled' && (!names || names.includes(key)));
  }

  /** What a name would have given, had it been filled. */
  meaningOf(key: string): CanonicalParam | null {
    const all = Object.keys(ALIASES) as CanonicalParam[];
    return (
      all.find((param) => this.mapped(param).includes(key)) ?? all.find((param) => ALIASES[param].includes(key)) ?? null
    );
  }

  /** One entry for each sent parameter, in their order. */
  report(): ReadParameter[] {
    return this.sent.map(({ name, key, content, takenAs }) => {
      if (content !== 'filled') return { name, state: content, as: this.meaningOf(key) };
      return { name, state: takenAs === null ? 'ignored' : 'taken', as: takenAs };
    });
  }

  private names(param: CanonicalParam): Names {
    let names = this.namesOf.get(param);
    if (names === undefined) {
      const mapped = (this.dialect.mapping.params[param] ?? []).map((name) => name.toLowerCase());
      names = { mapped, all: [...mapped, ...ALIASES[param]] };
      this.namesOf.set(param, names);
    }
    return names;
  }

  private find(names: readonly string[], accept: Accept = () => true): SentParameter | undefined {
    // Few are sent, and there are many names: so what can not be it is left out first.
    const candidates = this.sent.filter(
      ({ key, content, takenAs }) => content === 'filled' && takenAs !== 'click_id' && names.includes(key),
    );
    if (candidates.length < 2) return candidates.find(({ value }) => accept(value));
    for (const name of names) {
      const hit = candidates.find(({ key, value }) => key === name && accept(value));
      if (hit) return hit;
    }
    return undefined;
  }
}
