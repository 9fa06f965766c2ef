import type { DimensionValue } from '../report-question.js';
import type { FactSums } from './fact-sums.js';

/** A group of facts with its sums in both periods. */
export interface FactGroup {
  keys: DimensionValue[];
  own: FactSums | undefined;
  compared: FactSums | undefined;
}

/** A question has more groups than may be kept in memory. */
export class TooManyGroups extends Error {}

type Level = Map<DimensionValue, Level | FactGroup>;

/** The groups of a report by their keys, one level of maps for each dimension. */
export class FactGroups {
  readonly all: FactGroup[] = [];
  private readonly root: Level = new Map();

  constructor(private readonly maxGroups: number) {}

  /** The groups of a fact: several when it has several tags. @throws TooManyGroups */
  of(values: readonly (DimensionValue | readonly DimensionValue[])[]): FactGroup[] {
    const tags = values.findIndex((value) => Array.isArray(value));
    if (tags < 0) return [this.get(values as DimensionValue[])];
    return (values[tags] as readonly DimensionValue[]).map((tag) =>
      this.get(values.with(tags, tag) as DimensionValue[]),
    );
  }

  private get(keys: DimensionValue[]): FactGroup {
    const last = keys.length - 1;
    let level = this.root;
    for (let i = 0; i < last; i++) {
      const key = keys[i] as DimensionValue;
      let next = level.get(key) as Level | undefined;
      if (next === undefined) level.set(key, (next = new Map()));
      level = next;
    }
    const key = keys[last] as DimensionValue;
    let group = level.get(key) as FactGroup | undefined;
    if (group === undefined) {
      if (this.all.length >= this.maxGroups) throw new TooManyGroups(`more than ${this.maxGroups} groups`);
      group = { keys, own: undefined, compared: undefined };
      this.all.push(group);
      level.set(key, group);
    }
    return group;
  }
}
