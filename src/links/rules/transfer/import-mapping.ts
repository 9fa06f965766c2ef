import { createHash } from 'node:crypto';
import { withoutGuard } from '../../../platform/csv/csv.js';
import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import type { DateOrder } from '../../../platform/time/read-time.js';
import { slugProblem } from '../slug.js';
import type { ColumnNames } from './import-columns.js';
import type { LinkRow, LinkImportWarning } from './import-rows.js';
import type { ImportField, ImportSource } from './import-sources.js';
import {
  cutTo,
  dateOrderOf,
  isMangledNumber,
  isSaid,
  readFlag,
  readLinkTime,
  readNumber,
  readShortAddress,
  readSlug,
  readState,
  type ShortAddress,
} from './import-values.js';

/** A row as a request would have it, not judged yet. */
export interface MappedRow {
  fields: Record<string, unknown>;
  /** By which the row is found again when the file is sent again. */
  importId: string;
  /** The host that its short link was on. */
  domain: string | undefined;
  /** Other slugs that lead to it. */
  formerSlugs: string[];
  /** It had a password, which is not in the file. */
  hadPassword: boolean;
  problems: FieldProblem[];
  warnings: LinkImportWarning[];
  /** Why it is left out. */
  skipped?: LinkImportWarning | undefined;
}

/** Cell text for "no click-id parameter"; an empty cell means the default. */
export const NO_PARAM = '(none)';

/** How a file is to be read. */
export interface LinkRowContext {
  source: ImportSource;
  names: ColumnNames;
  /** The file says itself which links have an id of their own, as our exports do: no other link gets one. */
  namesIds: boolean;
  /** Other rows have slugs. */
  hasSlugs?: boolean;
  dateOrder?: DateOrder | undefined;
}

/**
 * Takes a row for what it says in its product's words.
 * @param nth how many rows before it lead to the same URL: what tells rows apart that have neither id nor slug.
 */
export function mapRow(row: LinkRow, context: LinkRowContext, nth: number): MappedRow {
  const { source } = context;
  const problems: FieldProblem[] = [];
  const warnings: LinkImportWarning[] = [];
  const text = reader(row, context);
  const address = addressOf(row, context, text, problems, warnings);
  const importId = importIdOf(source, nth, text);
  const mayStayWithout = context.namesIds && text('externalId') === undefined && address.slug !== undefined;
  const state = stateOf(text, warnings);
  const fields: Record<string, unknown> = {
    url: text('url'),
    slug: address.slug,
    externalId: mayStayWithout ? undefined : importId,
    title: cut('title', 200, text, warnings),
    tags: tagsOf(row, context, text('tags')),
    notes: cut('notes', 5_000, text, warnings),
    campaign: text('campaign'),
    forwardQuery: text('forwardQuery'),
    networkId: text('networkId'),
    sourceId: text('sourceId'),
    expiredUrl: text('expiredUrl'),
    fallbackUrl: text('fallbackUrl'),
    redirectStatus: readNumber(text('redirectStatus') ?? state.redirectStatus),
    clickLimit: clickLimitOf(text, warnings),
    startsAt: timeOf('startsAt', text, context.dateOrder, problems),
    expiresAt: timeOf('expiresAt', text, context.dateOrder, problems),
    paused: state.isPaused ? true : readFlag(text('paused')),
    archived: state.isArchived ? true : readFlag(text('archived')),
    noIndex: readFlag(text('noIndex')),
    referrerPolicy: text('referrerPolicy'),
    cloak: readFlag(text('cloak')),
    clickIdParam: hasNoParam(row, source, text('clickIdParam')) ? null : text('clickIdParam'),
    cost: costOf(row, text),
    ...structured(row, text, problems),
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  if (address.slug === undefined && context.hasSlugs === true) warnings.push(NO_SLUG);
  const skipped = skippedOf(row, state.isDeleted);
  return {
    fields: given,
    importId,
    domain: text('domain')?.toLowerCase() ?? address.domain,
    formerSlugs: address.formerSlugs,
    hadPassword: isSaid(text('password')),
    problems: row.problem ? [row.problem] : problems,
    warnings,
    ...(skipped && { skipped }),
  };
}

const NO_SLUG: LinkImportWarning = { code: 'random_slug', message: 'The row has no slug; the link gets a random one.' };

function skippedOf({ isTotal }: LinkRow, isDeleted: boolean): LinkImportWarning | undefined {
  if (isTotal) return { code: 'total_row', message: 'It is a row of totals, not a link.' };
  const message = 'The link was deleted there; it is left out.';
  return isDeleted ? { code: 'deleted', message } : undefined;
}

function hasNoParam({ parts }: LinkRow, source: ImportSource, text: string | undefined): boolean {
  return text === NO_PARAM || (source === 'csv' && parts.get('clickidparam') === null);
}

type TextOf = (field: ImportField) => string | undefined;

/** Fields of free text, where spaces at the ends are kept if the file has quotes around them. */
const FREE_TEXT: ReadonlySet<ImportField> = new Set(['title', 'notes', 'campaign', 'sourceId']);

function reader({ values }: LinkRow, { source, names }: LinkRowContext): TextOf {
  return (field) => {
    const name = names[field]?.find((candidate) => values.has(candidate));
    const value = name === undefined ? undefined : values.get(name);
    // Texts that an export has escaped for spreadsheets get their original form.
    const text = source === 'csv' && value !== undefined ? withoutGuard(value) : value;
    return FREE_TEXT.has(field) ? text : text?.trim();
  };
}

interface RowAddress extends ShortAddress {
  formerSlugs: string[];
}

/** The slug that a row names, in whatever column, and the other slugs that led to the same link. */
function addressOf(
  row: LinkRow,
  context: LinkRowContext,
  text: TextOf,
  problems: FieldProblem[],
  warnings: LinkImportWarning[],
): RowAddress {
  const slugText = text('slug');
  const named = slugText === undefined ? undefined : readSlug(slugText);
  const shortText = text('shortUrl');
  const short = shortText === undefined ? undefined : readShortAddress(shortText);
  const others = listOf(row, context, text, 'formerSlugs').flatMap((other) => readSlug(other).slug ?? []);
  // Of Bitly's, the names that people gave come before the random one.
  const isBitly = context.source === 'bitly';
  const all = isBitly ? [named?.slug, ...others, short?.slug] : [named?.slug ?? short?.slug, ...others];
  const [slug, ...former] = [...new Set(all.filter((one) => one !== undefined))];
  if (slug !== undefined && isMangledNumber(slug)) {
    const message = `a spreadsheet has made "${slug}" of it: format the column as text and export it again`;
    problems.push({ path: 'slug', code: 'number_format', message });
  }
  const unfit = former.filter((one) => slugProblem(one) !== undefined);
  for (const one of unfit) {
    warnings.push({ code: 'former_slug_left', message: `"${one}" cannot be a slug here; only "${slug}" leads to it.` });
  }
  return { slug, domain: named?.domain ?? short?.domain, formerSlugs: former.filter((one) => !unfit.includes(one)) };
}

function listOf({ parts }: LinkRow, { names }: LinkRowContext, text: TextOf, field: ImportField): string[] {
  const found = names[field]?.map((name) => parts.get(name)).find((part) => Array.isArray(part));
  if (Array.isArray(found)) return found.filter((item) => typeof item === 'string');
  const cell = text(field);
  return cell === undefined ? [] : (listInCell(cell) ?? splitList(cell));
}

interface RowState {
  isPaused: boolean;
  isArchived: boolean;
  isDeleted: boolean;
  /** Some products say how a link redirects where others say whether it does. */
  redirectStatus: string | undefined;
}

/** Whether the other product led people on. */
function stateOf(text: TextOf, warnings: LinkImportWarning[]): RowState {
  const word = text('state');
  const state = word === undefined ? undefined : readState(word);
  if (word !== undefined && state === undefined) {
    const message = `"${cutTo(40, word)}" is no state of a link that is known; it was not read.`;
    warnings.push({ code: 'unknown_state', message });
  }
  const isPaused = state === 'disabled' || isSaid(text('disabled')) || readFlag(text('enabled')) === false;
  if (isPaused) warnings.push({ code: 'disabled', message: 'The link was switched off there; it comes in paused.' });
  return {
    isPaused,
    isArchived: state === 'archived',
    isDeleted: state === 'deleted' || isSaid(text('deleted')),
    redirectStatus: word !== undefined && /^30\d$/.test(word) ? word : undefined,
  };
}

function clickLimitOf(text: TextOf, warnings: LinkImportWarning[]): unknown {
  const limit = readNumber(text('clickLimit'));
  if (limit !== 0) return limit;
  warnings.push({ code: 'no_click_limit', message: 'A click limit of 0 was taken for no limit.' });
  return undefined;
}

function cut(field: 'title' | 'notes', max: number, text: TextOf, warnings: LinkImportWarning[]): string | undefined {
  const value = text(field);
  if (value === undefined || value.length <= max) return value;
  warnings.push({ code: 'cut', message: `The ${field} has ${value.length} characters; ${max} were kept.` });
  return cutTo(max, value);
}

/** The same row gets the same one each time, so that an import can be repeated. */
function importIdOf(source: ImportSource, nth: number, text: TextOf): string {
  const own = text('externalId');
  if (own !== undefined) return own;
  const address = text('id') ?? text('shortUrl') ?? [text('domain'), text('slug')].filter(Boolean).join('/');
  const key = address === '' ? `${nth}:${text('url')}` : address;
  const plain = `${source}:${key.replace(/^https?:\/\//i, '').replaceAll('/', ':')}`;
  if (address !== '' && /^[\w.:-]{1,128}$/.test(plain)) return plain;
  return `${source}:${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
}

function tagsOf({ parts }: LinkRow, { names }: LinkRowContext, text: string | undefined): string[] | undefined {
  const name = names.tags?.find((candidate) => parts.has(candidate));
  const list = name === undefined ? undefined : parts.get(name);
  if (Array.isArray(list)) return list.flatMap(tagName);
  if (text === undefined) return undefined;
  return listInCell(text) ?? splitList(text);
}

/** A list that a cell has as JSON. */
function listInCell(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const parsed = JSON.parse(text) as unknown;
    return Array.isArray(parsed) ? parsed.flatMap(tagName) : undefined;
  } catch {
    return undefined; // then it is a text that begins so
  }
}

function splitList(text: string): string[] {
  const separator = ['|', ',', ';'].find((one) => text.includes(one)) ?? ',';
  return [...new Set(text.split(separator).map((item) => item.trim()))].filter((item) => item !== '');
}

/** How `tagsOf` reads them back. */
export function tagsCell(tags: readonly string[]): string {
  const isPlain = tags.every((tag) => tag.trim() === tag && !/[|,;[]/.test(tag));
  return isPlain ? tags.join(', ') : JSON.stringify(tags);
}

function tagName(tag: unknown): string[] {
  if (typeof tag === 'string') return [tag];
  const name = (tag as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? [name] : [];
}

function costOf({ parts }: LinkRow, text: TextOf): unknown {
  const [amount, currency] = [text('costAmount'), text('costCurrency')];
  return parts.get('cost') ?? (amount === undefined ? undefined : { amount, currency });
}

/** Fields that are objects: in JSON as they are, in a cell as JSON. */
function structured({ parts }: LinkRow, text: TextOf, problems: FieldProblem[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const field of ['rules', 'variants', 'rotation', 'preview'] as const) {
    const cell = text(field);
    if (parts.has(field)) found[field] = parts.get(field);
    else if (cell !== undefined) {
      try {
        found[field] = JSON.parse(cell);
      } catch {
        problems.push({ path: field, code: 'json', message: 'it is no JSON' });
      }
    }
  }
  return found;
}

function timeOf(
  field: 'startsAt' | 'expiresAt',
  text: TextOf,
  order: DateOrder | undefined,
  problems: FieldProblem[],
): string | undefined {
  const { time, problem } = readLinkTime(text(field), order);
  if (problem !== undefined) problems.push({ path: field, code: 'is_time', message: problem });
  return time;
}

/** Which of day and month comes first in the file. */
export function fileDateOrder(rows: readonly LinkRow[], context: LinkRowContext): DateOrder | undefined {
  return dateOrderOf(
    rows.flatMap((row) => {
      const text = reader(row, context);
      return [text('startsAt'), text('expiresAt')].filter((value) => value !== undefined);
    }),
  );
}

/** Where the row leads, in its own words. */
export function urlOf(row: LinkRow, context: LinkRowContext): string {
  return reader(row, context)('url') ?? '';
}
