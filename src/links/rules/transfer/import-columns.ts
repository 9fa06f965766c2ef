import type { FieldChoice, FieldProblem } from '../../../platform/http/problems/problem.js';
import { type ImportField, type ImportSource, plainName, SOURCE_MAPPINGS, TEXT_FIELDS } from './import-sources.js';
import type { ImportFile, LinkRow } from './import-rows.js';

/** The caller's statement that the file has no column for a field; the import then does not ask for one. */
export const NO_COLUMN = '(none)';

/** The plain names of the columns that a field is read from; the first that a row has counts. */
export type ColumnNames = Partial<Record<ImportField, readonly string[]>>;

/** Columns that the caller names: field → plain name, `null` for none. */
export type ColumnChoice = ReadonlyMap<ImportField, string | null>;

/** `slug=Back half,url=Ziel,title=(none)`. @returns why it is none, else the choice. */
export function readColumnChoice(text: string): ColumnChoice | string {
  const choice = new Map<ImportField, string | null>();
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const field = TEXT_FIELDS.find((known) => known.toLowerCase() === pair.slice(0, at).trim().toLowerCase());
    const column = pair.slice(at + 1).trim();
    if (at < 0 || column === '') return 'mapping is field=column, separated by commas: slug=Back half,url=Target';
    if (field === undefined) return `"${pair.slice(0, 40)}" names no field; there are ${TEXT_FIELDS.join(', ')}`;
    choice.set(field, column === NO_COLUMN ? null : plainName(column));
  }
  return choice;
}

/** Where each field stands in a file of a product. @param plain the plain names that the file has. */
export function columnNames(source: ImportSource, plain: ReadonlySet<string>, choice: ColumnChoice): ColumnNames {
  const taken = new Set(choice.values());
  const all = Object.entries(SOURCE_MAPPINGS[source].names) as [ImportField, readonly string[]][];
  const names: ColumnNames = Object.fromEntries(
    all.map(([field, known]) => [field, known.filter((name) => !taken.has(name))]),
  );
  for (const [field, column] of choice) names[field] = column === null ? [] : [column];
  const hasUrl = (names.url ?? []).some((name) => plain.has(name));
  const hasSlug = (names.slug ?? []).some((name) => plain.has(name));
  // Beside a column of slugs, `link` is where they lead.
  if (!hasUrl && hasSlug && !choice.has('url') && plain.has('link')) {
    return { ...names, url: ['link'], shortUrl: (names.shortUrl ?? []).filter((name) => name !== 'link') };
  }
  return names;
}

/** Whether any row says what its slug is. */
export function hasSlugs(rows: readonly LinkRow[], names: ColumnNames): boolean {
  const known = [...(names.slug ?? []), ...(names.shortUrl ?? []), ...(names.formerSlugs ?? [])];
  return rows.some(({ values, parts }) => known.some((name) => values.has(name) || isList(parts.get(name))));
}

function isList(part: unknown): boolean {
  return Array.isArray(part) && part.length > 0;
}

const CLICK_COUNT =
  /^(?:total|all|human|unique|bot|link|raw|visits?summary)?(?:clicks?|visits?|hits|scans|engagements|views|visitors)(?:s?count|total|nonbots|bots|stotal)?$/;

/** Columns of the numbers of another product, or of this one; they are not imported. */
export function clickCountColumns(columns: readonly string[]): string[] {
  return columns.filter((name) => CLICK_COUNT.test(plainName(name)));
}

/** Names of columns that nothing is known about. */
export function ignoredColumns(columns: readonly string[], names: ColumnNames, source: ImportSource): string[] {
  const known = new Set(Object.values(names).flat());
  if (source === 'csv') known.add('cost'); // of JSON; a cell has its parts
  return columns.filter((name) => !known.has(plainName(name)));
}

const ALL_NAMES = new Set(
  Object.values(SOURCE_MAPPINGS).flatMap(({ names }) => Object.values(names).flat()) as string[],
);
const URL_NAMES = new Set(Object.values(SOURCE_MAPPINGS).flatMap(({ names }) => names.url ?? []));

/** How many columns of a row are known, if one of them can be the destination; 0: it is no row of column names. */
export function headerScore(fields: readonly string[], choice: ColumnChoice): number {
  const plain = fields.map(plainName);
  const isKnown = (name: string): boolean => ALL_NAMES.has(name) || [...choice.values()].includes(name);
  const chosenUrl = choice.get('url');
  const hasUrl = plain.some((name) => URL_NAMES.has(name) || name === 'link' || name === chosenUrl);
  return hasUrl && !fields.some(looksLikeUrl) ? plain.filter(isKnown).length : 0;
}

/**
 * Lists the questions that a file leaves open and that must not be guessed: columns, destinations, slugs.
 * @param names see `columnNames`.
 */
export function openQuestions(file: ImportFile, names: ColumnNames, choice: ColumnChoice): FieldProblem | undefined {
  const { columns, rows, plainNames: plain } = file;
  const unknown = [...choice].filter(([, column]) => column !== null && !plain.has(column)).map(([field]) => field);
  if (unknown.length > 0) {
    const message = `the file has no such column for ${unknown.join(', ')}; it has ${shown(columns)}`;
    return { path: 'mapping', code: 'unknown_column', message };
  }
  if (!(names.url ?? []).some((name) => plain.has(name))) return missingUrl(file);
  return hasSlugs(rows, names) || choice.has('slug') || choice.has('shortUrl') ? undefined : unknownSlugs(file, names);
}

function missingUrl({ columns, rows, isJson }: ImportFile): FieldProblem | undefined {
  if (isJson && rows.length === 0) return undefined;
  if (!isJson && columns.some(looksLikeUrl)) {
    const message = `the first row has values (${shown(columns)}); put a row of column names above it, such as url,slug,title`;
    return { path: 'file', code: 'no_header', message };
  }
  const choices = columns.flatMap((column): FieldChoice[] => {
    const texts = textsOf(rows, column);
    const example = texts.find(looksLikeUrl);
    return example === undefined ? [] : [{ value: `url=${column}`, example: cut(example) }];
  });
  const what = `no column is known as the destination (url, long_url, destination …); there are ${shown(columns)}`;
  const message = `${what}. Name it with mapping=url=<column>, or put a row of column names above the first`;
  return { path: 'mapping', code: 'missing_column', message, ...(choices.length > 0 && { choices }) };
}

const SLUG_LIKE = /^[\p{L}\p{N}][\p{L}\p{N}_~.-]{1,62}$/u;
const ID_LIKE = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24,}|[a-z]{3}_[0-9A-Za-z]{20})$/i;
const HAS_LETTER = /\p{L}/u;
const MOST = 0.9;

/** Random slugs where the file has slugs under a name that is not known would be other links than those that were printed. */
function unknownSlugs({ columns, rows }: ImportFile, names: ColumnNames): FieldProblem | undefined {
  const known = new Set(Object.values(names).flat());
  const candidates = columns.filter((name) => !known.has(plainName(name)) && clickCountColumns([name]).length === 0);
  const choices = candidates.flatMap((column): FieldChoice[] => {
    const texts = textsOf(rows, column);
    const isFull = texts.length > 0 && texts.length >= rows.length / 2 && new Set(texts).size === texts.length;
    if (!isFull) return [];
    if (areMostly(texts, isShortUrl)) return [{ value: `shortUrl=${column}`, example: cut(texts[0] ?? '') }];
    const areSlugs = areMostly(texts, isSlugLike) && texts.some((text) => HAS_LETTER.test(text));
    return areSlugs ? [{ value: `slug=${column}`, example: cut(texts[0] ?? '') }] : [];
  });
  if (choices.length === 0) return undefined;
  const list = choices.map(({ value, example }) => `mapping=${value} ("${example}")`).join(', ');
  const message = `no column is known as the slug, and one looks like it: say ${list}, or mapping=slug=${NO_COLUMN} for random slugs`;
  const none = { value: `slug=${NO_COLUMN}`, example: 'a random slug for each link' };
  return { path: 'mapping', code: 'which_slug_column', message, choices: [...choices, none] };
}

function areMostly(texts: readonly string[], test: (text: string) => boolean): boolean {
  return texts.filter(test).length >= texts.length * MOST;
}

function isSlugLike(text: string): boolean {
  return SLUG_LIKE.test(text) && !ID_LIKE.test(text) && !/^\d{4}-\d\d-\d\d|^[\d.]+$/.test(text);
}

/** `https://go.brand.com/spring` */
function isShortUrl(text: string): boolean {
  return /^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+\/[^/?#\s]{1,63}\/?$/u.test(text);
}

function looksLikeUrl(text: string): boolean {
  return /^\s*(?:https?:\/\/|www\.)\S/i.test(text);
}

function textsOf(rows: readonly LinkRow[], column: string): string[] {
  return rows.flatMap(({ values }) => values.get(plainName(column))?.trim() ?? []);
}

function shown(columns: readonly string[]): string {
  if (columns.length === 0) return 'none';
  const list = columns.slice(0, 20).map((name) => `"${cut(name.trim())}"`);
  return `${list.join(', ')}${columns.length > 20 ? ' …' : ''}`;
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
