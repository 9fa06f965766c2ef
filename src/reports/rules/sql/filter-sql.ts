import type { LinkLimits } from '../../../workspaces/caller.js';
import { isLinkDimension, type LinkDimension, type ReportDimension } from '../dimensions.js';
import { columnOf, NO_TEXT } from '../numbered-texts.js';
import type { DimensionFilter, DimensionValue } from '../report-question.js';
import { SqlValues } from './sql-values.js';

/** The table of a fact, and the SQL of its dimensions. */
export interface FactSide {
  name: 'clicks' | 'conversions';
  /** SQL of a dimension's value in a row `f` of the table, for filters. */
  column: (dimension: DimensionFilter['dimension']) => string;
  /** SQL of the workspace's number. */
  workspace: string;
}

/** A filter with the numbers of the texts that match, where its dimension is numbered. */
export interface NumberedFilter extends DimensionFilter {
  matching: readonly number[] | undefined;
}

/** Whether a fact's link decides the dimension. Conversions have a network of their own; that of clicks is their link's. */
export function isOfLink(name: FactSide['name'], dimension: ReportDimension): dimension is LinkDimension {
  return isLinkDimension(dimension) && !(dimension === 'network' && name === 'conversions');
}

/** The condition that a fact's link has one of the tags or campaigns. Facts of a link that the copy does not know do not. */
export function withinSql({ tags, campaigns }: LinkLimits, workspace: string, values: SqlValues): string {
  const listOf = (texts: readonly string[]): string => texts.map((text) => values.add(text)).join(', ');
  const named = campaigns.filter(Boolean);
  const conditions = [
    ...(tags.length > 0 ? [`len(list_filter(tags, lambda tag: tag IN (${listOf(tags)}))) > 0`] : []),
    ...(named.length > 0 ? [`campaign IN (${listOf(named)})`] : []),
  ];
  if (conditions.length === 0) return 'FALSE';
  return `f.link IN (SELECT link FROM links WHERE ws = ${workspace} AND (${conditions.join(' OR ')}))`;
}

/** The condition of a filter as SQL. It is never NULL. */
export function filterSql(filter: NumberedFilter, side: FactSide, values: SqlValues): string {
  const { dimension, isExcluding } = filter;
  const condition = isOfLink(side.name, dimension)
    ? linkConditionSql(dimension, filter, values, side.workspace)
    : conditionSql(side.column(dimension), filter, values);
  return isExcluding ? `NOT (${condition})` : `(${condition})`;
}

/** Facts whose link has one of the values. Facts of a link that the copy does not know have none. */
function linkConditionSql(
  dimension: LinkDimension,
  filter: NumberedFilter,
  values: SqlValues,
  workspace: string,
): string {
  const linksWith = (condition: string): string =>
    `f.link IN (SELECT link FROM links WHERE ws = ${workspace} AND (${condition}))`;
  const texts = filter.values.filter((value) => value !== null);
  const conditions: string[] = [];
  if (texts.length > 0) {
    const given = { ...filter, values: texts, matching: filter.matching?.filter((number) => number !== NO_TEXT) };
    const has =
      dimension === 'tag'
        ? `len(list_filter(tags, lambda tag: ${conditionSql('tag', given, values)})) > 0`
        : conditionSql(columnOf(dimension), given, values);
    conditions.push(linksWith(has));
  }
  if (filter.values.includes(null)) conditions.push(`NOT (${linksWith(HAS_VALUE[dimension])})`);
  return conditions.length === 0 ? 'FALSE' : conditions.join(' OR ');
}

const HAS_VALUE: Record<LinkDimension, string> = {
  tag: 'len(tags) > 0',
  domain: 'hostname IS NOT NULL',
  campaign: 'campaign IS NOT NULL',
  network: `network <> ${NO_TEXT}`,
};

function conditionSql(
  column: string,
  { mode, values: wanted, matching }: Pick<NumberedFilter, 'mode' | 'values' | 'matching'>,
  values: SqlValues,
): string {
  // Numbered columns are never NULL.
  if (matching !== undefined) {
    return matching.length === 0
      ? 'FALSE'
      : `${column} IN (${matching.map((number) => SqlValues.integer(number)).join(', ')})`;
  }
  const given = wanted.filter((value) => value !== null);
  const conditions: string[] = [];
  if (mode === 'contains') {
    const parts = given.map((text) => `contains(lower(${column}), lower(${values.add(String(text))}))`);
    if (parts.length > 0) conditions.push(`coalesce(${parts.join(' OR ')}, FALSE)`);
  } else if (given.length > 0) {
    conditions.push(`coalesce(${column} IN (${given.map((value) => valueSql(value, values)).join(', ')}), FALSE)`);
  }
  if (wanted.includes(null)) conditions.push(`${column} IS NULL`);
  return conditions.length === 0 ? 'FALSE' : conditions.join(' OR ');
}

function valueSql(value: Exclude<DimensionValue, null>, values: SqlValues): string {
  return typeof value === 'number' ? SqlValues.integer(value) : values.add(value);
}
