/** One of the weighted destinations of a link or a rule. */
export interface Variant {
  /** Unique in its list. */
  name: string;
  /** Destination template in its normal form. */
  url: string;
  /** Its share of the visitors is weight / sum of the weights; 0 switches it off. */
  weight: number;
  /** Conversions per day (in the time zone). After that, other variants get its visitors. `null`: no cap. */
  dailyCap: DailyCap | null;
}

export interface DailyCap {
  conversions: number;
  /** The kind of conversion that counts. */
  goal: Goal;
  /** IANA name. */
  timezone: string;
}

export const OPERATORS = ['in', 'notIn'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One of a rule's conditions; see conditions.ts for the fields and values. */
export interface Condition {
  field: string;
  op: Operator;
  values: string[];
  /** IANA name, for `weekday`, `hour` and `date`. */
  timezone: string | null;
}

/** When all conditions match, the visitor is sent to `url` or to one of `variants`. */
export interface Rule {
  /** Unique in its list. */
  name: string;
  when: Condition[];
  url: string | null;
  variants: Variant[] | null;
}

/** The goals of a rotation. */
export const GOALS = ['registration', 'ftd', 'approved', 'epc'] as const;
export type Goal = (typeof GOALS)[number];

/** How visitors are distributed over variants. */
export interface Rotation {
  /** `weighted`: by the configured weights. `optimised`: by the results of the variants. */
  mode: 'weighted' | 'optimised';
  goal: Goal;
  /** Share of the visitors that is distributed evenly, whatever the results; 0.01 to 1. */
  exploration: number;
  /** Number of days whose clicks and conversions count. */
  windowDays: number;
}

export const DEFAULT_ROTATION: Rotation = { mode: 'weighted', goal: 'approved', exploration: 0.1, windowDays: 14 };
