import type { Schema } from '../../../api/client';

// The link as the form holds it: texts as typed. draft-fields.ts turns it into fields of the API, and links into drafts.

type ForwardQuery = Schema<'LinkResponse'>['forwardQuery'];
export type Goal = Schema<'RotationResponse'>['goal'];
export type Operator = Schema<'ConditionResponse'>['op'];

export interface ConditionDraft {
  key: string;
  field: string;
  op: Operator;
  values: readonly string[];
  /** A value that is being typed, and counts like the others. */
  typed: string;
  /** Empty: UTC. */
  timezone: string;
}

export interface VariantDraft {
  key: string;
  name: string;
  url: string;
  weight: string;
  /** Conversions a day; empty: no cap. */
  cap: string;
  capGoal: Goal;
  /** Empty: UTC. */
  capTimezone: string;
}

export interface RuleDraft {
  key: string;
  name: string;
  when: readonly ConditionDraft[];
  url: string;
  variants: readonly VariantDraft[];
}

export interface RotationDraft {
  mode: 'weighted' | 'optimised';
  goal: Goal;
  /** In percent. */
  exploration: string;
  windowDays: string;
}

export interface Draft {
  url: string;
  /** Empty: the workspace's first domain. */
  domain: string;
  slug: string;
  /** The slug is an example of the server's, not chosen by the person. */
  isSlugRandom: boolean;
  keepsOldSlug: boolean;
  networkId: string;
  rules: readonly RuleDraft[];
  variants: readonly VariantDraft[];
  rotation: RotationDraft;
  /** Exact times in ISO form, or empty. */
  startsAt: string;
  expiresAt: string;
  expiredUrl: string;
  fallbackUrl: string;
  clickLimit: string;
  password: string;
  removesPassword: boolean;
  cloak: boolean;
  previewTitle: string;
  previewDescription: string;
  previewImage: string;
  title: string;
  tags: readonly string[];
  /** A tag that is being typed, and counts like the others. */
  typedTag: string;
  campaign: string;
  notes: string;
  externalId: string;
  redirectStatus: string;
  forwardQuery: ForwardQuery;
  /** `default`: that of the network, else `click_id`. `none`: not appended. */
  clickId: 'default' | 'none' | 'named';
  clickIdParam: string;
  cost: string;
  costCurrency: string;
  sourceId: string;
  noIndex: '' | 'true' | 'false';
  referrerPolicy: string;
}

const DEFAULT_ROTATION: RotationDraft = {
  mode: 'weighted',
  goal: 'approved',
  exploration: '10',
  windowDays: '14',
};

export const EMPTY_DRAFT: Draft = {
  url: '',
  domain: '',
  slug: '',
  isSlugRandom: true,
  keepsOldSlug: true,
  networkId: '',
  rules: [],
  variants: [],
  rotation: DEFAULT_ROTATION,
  startsAt: '',
  expiresAt: '',
  expiredUrl: '',
  fallbackUrl: '',
  clickLimit: '',
  password: '',
  removesPassword: false,
  cloak: false,
  previewTitle: '',
  previewDescription: '',
  previewImage: '',
  title: '',
  tags: [],
  typedTag: '',
  campaign: '',
  notes: '',
  externalId: '',
  redirectStatus: '302',
  forwardQuery: 'fill',
  clickId: 'default',
  clickIdParam: '',
  cost: '',
  costCurrency: '',
  sourceId: '',
  noIndex: '',
  referrerPolicy: '',
};

export type DraftAct =
  | { type: 'change'; fields: Partial<Draft> }
  | { type: 'replace'; draft: Draft }
  /** A random slug instead of the present one; the server gives the next example. */
  | { type: 'drawSlug' }
  /** The server's example of a random slug. Ignored when the person has chosen one meanwhile. */
  | { type: 'takeRandomSlug'; slug: string }
  /** The next link with the same settings. */
  | { type: 'next' };

/** The form's state machine. */
export function reduceDraft(draft: Draft, act: DraftAct): Draft {
  switch (act.type) {
    case 'change': {
      const hasOwnSlug = act.fields.slug !== undefined && act.fields.slug !== draft.slug;
      return { ...draft, ...(hasOwnSlug && { isSlugRandom: false }), ...act.fields };
    }
    case 'replace':
      return act.draft;
    case 'drawSlug':
      return { ...draft, slug: '', isSlugRandom: true };
    case 'takeRandomSlug':
      return draft.isSlugRandom && draft.slug === '' ? { ...draft, slug: act.slug } : draft;
    case 'next':
      return { ...draft, url: '', slug: '', isSlugRandom: true, externalId: '' };
  }
}

let lastKey = 0;
/** Distinguishes entries of lists, so that inputs keep their focus when entries move. */
export function newKey(): string {
  return `${Date.now().toString(36)}-${++lastKey}`;
}

export function newCondition(): ConditionDraft {
  return { key: newKey(), field: 'country', op: 'in', values: [], typed: '', timezone: '' };
}

export function newVariant(): VariantDraft {
  return { key: newKey(), name: '', url: '', weight: '1', cap: '', capGoal: 'approved', capTimezone: '' };
}

export function newRule(): RuleDraft {
  return { key: newKey(), name: '', when: [newCondition()], url: '', variants: [] };
}

/** A copy of a rule; names of rules are unique, so the copy has none. */
export function copyRule(rule: RuleDraft): RuleDraft {
  return {
    ...rule,
    key: newKey(),
    name: '',
    when: rule.when.map((condition) => ({ ...condition, key: newKey() })),
    variants: rule.variants.map((variant) => ({ ...variant, key: newKey() })),
  };
}

/** The list with one entry moved; unchanged at its ends. */
export function movedBy<Entry>(list: readonly Entry[], index: number, by: -1 | 1): readonly Entry[] {
  const [moved, other] = [list[index], list[index + by]];
  if (moved === undefined || other === undefined) return list;
  return list.with(index, other).with(index + by, moved);
}
