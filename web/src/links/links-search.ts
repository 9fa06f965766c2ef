import { parsePeriodSearch, type PeriodSearch } from '../ui/period/period';

export const LINK_STATES = ['all', 'live', 'paused', 'expired', 'archived'] as const;
/** A segment of the list of links. `all` leaves out archived links. */
export type LinkStateName = (typeof LINK_STATES)[number];

/** Fields of links, by which the API sorts. */
const FIELD_SORTS = ['createdAt', 'title'] as const;
type FieldSort = (typeof FIELD_SORTS)[number];

/** Metrics of reports, by which links are ranked. */
const METRIC_SORTS = [
  'humanClicks',
  'uniqueClicks',
  'botPercent',
  'registrations',
  'ftds',
  'regToFtd',
  'crFtd',
  'revenue',
  'epc',
  'cost',
  'profit',
] as const;
export type MetricSort = (typeof METRIC_SORTS)[number];

export interface LinkSorting {
  by: FieldSort | MetricSort;
  isDescending: boolean;
}

export const LINK_FILTERS = ['search', 'tag', 'domain', 'networkId', 'campaign'] as const;
export type LinkFilterName = (typeof LINK_FILTERS)[number];
export type LinkFilters = Partial<Record<LinkFilterName, string | undefined>>;

/** The state of the page that its URL holds. */
export interface LinksSearch extends PeriodSearch, LinkFilters {
  /** The builder is open: for a new link, or the id of the link to change. */
  builder?: string | undefined;
  /** The link whose settings a new link begins with. */
  copyOf?: string | undefined;
  state?: LinkStateName | undefined;
  /** A field or metric, with `-` before it for descending. */
  sort?: string | undefined;
}

const MAX_SEARCH_LENGTH = 100;
const DEFAULT_SORTING: LinkSorting = { by: 'createdAt', isDescending: true };

/** Reads the state of the page from its URL; drops everything that has no meaning. */
export function parseLinksSearch(search: Record<string, unknown>): LinksSearch {
  const { builder, copyOf, state, sort } = search;
  const stateName = LINK_STATES.find((each) => each === state);
  return {
    ...parsePeriodSearch(search),
    ...Object.fromEntries(LINK_FILTERS.flatMap((name) => readText(name, search[name]))),
    ...(typeof builder === 'string' && { builder }),
    ...(typeof copyOf === 'string' && { copyOf }),
    ...(stateName !== undefined && stateName !== 'all' && { state: stateName }),
    ...(typeof sort === 'string' && isSort(sort) && { sort }),
  };
}

/** A number in a URL is a text that looks like one, such as the tag `2026`. */
function readText(name: string, value: unknown): [string, string][] {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? [[name, text.trim().slice(0, MAX_SEARCH_LENGTH)]] : [];
}

function isSort(sort: string): boolean {
  return isSortName(sort.replace(/^-/, ''));
}

function isSortName(name: string): name is LinkSorting['by'] {
  return [...FIELD_SORTS, ...METRIC_SORTS].some((each) => each === name);
}

export function sortingOf({ sort }: LinksSearch): LinkSorting {
  const by = sort?.replace(/^-/, '') ?? '';
  return isSortName(by) ? { by, isDescending: sort?.startsWith('-') === true } : DEFAULT_SORTING;
}

export function formatSorting({ by, isDescending }: { by: string; isDescending: boolean }): string | undefined {
  const sort = `${isDescending ? '-' : ''}${by}`;
  return sort === `-${DEFAULT_SORTING.by}` ? undefined : sort;
}

export function isMetricSort(by: LinkSorting['by']): by is MetricSort {
  return METRIC_SORTS.some((each) => each === by);
}

export function filtersOf(search: LinksSearch): LinkFilters {
  return Object.fromEntries(
    LINK_FILTERS.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  ) as LinkFilters;
}

type YesNo = 'true' | 'false';

/** The query of the API for the links of a state that match the filters. */
export function toLinkQuery({ tag, ...filters }: LinkFilters, state: LinkStateName): LinkQuery {
  return { ...filters, ...(tag !== undefined && { tag: [tag] }), ...STATE_QUERIES[state] };
}

type LinkQuery = Partial<Record<Exclude<LinkFilterName, 'tag'>, string | undefined>> & {
  tag?: string[];
  archived?: YesNo;
  paused?: YesNo;
  expired?: YesNo;
  suspended?: YesNo;
};

const STATE_QUERIES: Readonly<Record<LinkStateName, LinkQuery>> = {
  all: {},
  live: { paused: 'false', expired: 'false', suspended: 'false' },
  paused: { paused: 'true' },
  expired: { expired: 'true' },
  archived: { archived: 'true' },
};
