/** Where a rule's visitors go, or all of a link's: one destination or several. */
export interface Variant {
  /** Unique in its list. */
  name: string;
  /** Destination template in its normal form. */
  url: string;
  /** Its part of the visitors is weight / sum of the weights; 0 gets nobody. */
  weight: number;
  /** Conversions a day (in the time zone) after which the others get its visitors. `null`: as many as come. */
  dailyCap: DailyCap | null;
}

export interface DailyCap {
  conversions: number;
  /** What counts: the goal's name; see goals.ts. */
  goal: Goal;
  /** IANA name. */
  timezone: string;
}

export const OPERATORS = ['in', 'notIn'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One of a rule's conditions; see conditions.ts for what may stand in it. */
export interface Condition {
  field: string;
  op: Operator;
  values: string[];
  /** IANA name, for `weekday`, `hour` and `date`. */
  timezone: string | null;
}

/** When all conditions hold, the visitor goes to `url` or to one of `variants`. */
export interface Rule {
  /** Unique in its list. */
  name: string;
  when: Condition[];
  url: string | null;
  variants: Variant[] | null;
}

/** What a rotation is to be good at. */
export const GOALS = ['registration', 'ftd', 'approved', 'epc'] as const;
export type Goal = (typeof GOALS)[number];

/** How visitors are shared out among variants. */
export interface Rotation {
  /** `weighted`: by the weights as they were set. `optimised`: by what the variants have earned. */
  mode: 'weighted' | 'optimised';
  goal: Goal;
  /** The part of the visitors that is shared out evenly whatever the numbers say, 0.01 to 1. */
  exploration: number;
  /** Only clicks and conversions of the last so many days count. */
  windowDays: number;
}

export const DEFAULT_ROTATION: Rotation = { mode: 'weighted', goal: 'approved', exploration: 0.1, windowDays: 14 };

/** The parts of a link that decide where a visitor goes. */
export interface Routing {
  rules: Rule[];
  variants: Variant[];
  rotation: Rotation;
}
