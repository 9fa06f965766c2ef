import type { FieldProblem } from '../../../api/problem';
import { asSentence } from '../../../api/problem';
import type { LinkFields } from './draft-fields';
import { isFilled, valueAt } from './draft-values';

export interface ProblemFinder {
  /** The problem of exactly this field, such as `rules.0.url`. */
  problemAt: (path: string) => string | undefined;
  /** The problems of a field and everything in it. */
  problemsIn: (path: string) => string | undefined;
  countIn: (paths: readonly string[]) => number;
}

/** The rows that unfold, and the fields in them. */
export const ROW_FIELDS = {
  params: ['utm', 'utmTemplateId'],
  rules: ['rules', 'variants', 'rotation'],
  schedule: ['startsAt', 'expiresAt', 'expiredUrl', 'fallbackUrl', 'clickLimit'],
  access: ['password', 'cloak', 'preview'],
  details: [
    'title',
    'tags',
    'campaign',
    'notes',
    'externalId',
    'redirectStatus',
    'forwardQuery',
    'clickIdParam',
    'cost',
    'sourceId',
    'noIndex',
    'referrerPolicy',
  ],
} as const;

export type RowName = keyof typeof ROW_FIELDS;
export const ROW_NAMES = Object.keys(ROW_FIELDS) as RowName[];

const ALWAYS_SHOWN = ['url', 'slug', 'domain', 'networkId'];

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}

/** The problems that a field shows; the others belong to the form. */
export function hasPlace({ path }: FieldProblem): boolean {
  return [...ALWAYS_SHOWN, ...Object.values(ROW_FIELDS).flat()].some((field) => isWithin(path, field));
}

export function rowsWith(problems: readonly FieldProblem[]): RowName[] {
  return ROW_NAMES.filter((row) => problems.some(({ path }) => ROW_FIELDS[row].some((field) => isWithin(path, field))));
}

/**
 * The problems to show while a person types: without those of fields that are still empty, in a rule that is being begun for
 * example. Saving shows all.
 */
export function visibleProblems(problems: readonly FieldProblem[], fields: LinkFields): FieldProblem[] {
  return problems.filter(({ path }) => isWorthShowing(path, fields));
}

function isWorthShowing(path: string, fields: LinkFields): boolean {
  const value = valueAt(fields, path);
  if (!isFilled(value)) return false;
  if (!/^rules\.\d+\.when$/.test(path)) return true;
  const conditions = value as { values: unknown[] }[];
  const rule = valueAt(fields, path.replace(/\.when$/, '')) as { url: unknown; variants: unknown };
  return conditions.every(({ values }) => isFilled(values)) && (isFilled(rule.url) || isFilled(rule.variants));
}

export function findProblems(problems: readonly FieldProblem[]): ProblemFinder {
  const sentences = (found: readonly FieldProblem[]): string | undefined =>
    found.length === 0
      ? undefined
      : [...new Set(found.map(({ path, message }) => asSentence(message, path.split('.').at(-1))))].join(' ');
  return {
    problemAt: (path) => sentences(problems.filter((problem) => problem.path === path)),
    problemsIn: (path) => sentences(problems.filter((problem) => isWithin(problem.path, path))),
    countIn: (paths) => problems.filter(({ path }) => paths.some((field) => isWithin(path, field))).length,
  };
}
