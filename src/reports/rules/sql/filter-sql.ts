import { isLinkDimension, type LinkDimension, type ReportDimension } from '../dimensions.js';
import type { DimensionValue, DimensionFilter } from '../report-question.js';
import { SqlValues } from './sql-values.js';

/** The table of a fact, and the SQL of its dimensions. */
export interface FactSide {
  name: 'clicks' | 'conversions';
  /** SQL of a dimension's value in a row `f` of the table, for filters. */
  column: (dimension: DimensionFilter['dimension']) => string;
}

const LINK_COLUMNS: Record<Exclude<LinkDimension, 'tag'>, string> = {
  domain: 'hostname',
  campaign: 'campaign',
  network: 'network',
};

/** Whether a fact's link decides the dimension. Conversions have a network of their own; that of clicks is their link's. */
export function isOfLink(name: FactSide['name'], dimension: ReportDimension): dimension is LinkDimension {
  return isLinkDimension(dimension) && !(dimension === 'network' && name === 'conversions');
}

/** The condition of a filter as SQL. It is never NULL. */
export function filterSql(filter: DimensionFilter, side: FactSide, values: SqlValues, workspace: string): string {
  const { dimension, isExcluding } = filter;
  const condition = isOfLink(side.name, dimension)
    ? linkConditionSql(dimension, filter, values, workspace)
    : conditionSql(side.column(dimension), filter, values);
  return isExcluding ? `NOT (${condition})` : `(${condition})`;
}

/** Facts whose link has one of the values. Facts of a link that the copy does not know have none. */
function linkConditionSql(
  dimension: LinkDimension,
  filter: DimensionFilter,
  values: SqlValues,
  workspace: string,
): string {
  const linksWith = (condition: string): string =>
    `f.link IN (SELECT id FROM links WHERE ws = ${workspace} AND ${condition})`;
  const texts = filter.values.filter((value) => value !== null);
  const conditions: string[] = [];
  if (dimension === 'tag') {
    const matching = conditionSql('tag', { ...filter, values: texts }, values);
    if (texts.length > 0) {
      conditions.push(linksWith(`len(list_filter(tags, lambda tag: ${matching})) > 0`));
    }
    if (filter.values.includes(null)) conditions.push(`NOT (${linksWith('len(tags) > 0')})`);
  } else {
    const column = LINK_COLUMNS[dimension];
    if (texts.length > 0) conditions.push(linksWith(conditionSql(column, { ...filter, values: texts }, values)));
    if (filter.values.includes(null)) conditions.push(`NOT (${linksWith(`${column} IS NOT NULL`)})`);
  }
  return conditions.length === 0 ? 'FALSE' : conditions.join(' OR ');
}

function conditionSql(
  column: string,
  { mode, values: wanted }: Pick<DimensionFilter, 'mode' | 'values'>,
  values: SqlValues,
): string {
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
