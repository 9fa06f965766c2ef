import { Big } from 'big.js';
import type { ClickDocument, ConversionDocument, LinkDocument } from '../../../src/reports/rules/facts.js';
import type { ReportDimension } from '../../../src/reports/rules/dimensions.js';
import { addDays, daysOf, localTime, momentOfWall } from './local-time.js';
import type { Documents } from './random-facts.js';
import type { AskedBound, AskedFilter, AskedReport } from './random-report.js';
import { sourceOf, withCountedCosts } from './recount-costs.js';
import { COUNTED_METRICS, shownAmount, shownMetric } from './recount-metrics.js';

// A report counted by looping over documents: no table of offsets, no SQL, no formula. Slow, and easy to believe.

type Value = string | number | null;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const WORKSPACE = 'wsp_1';
export const CURRENCY = 'EUR';

/** A document of a group, with the moment that the report goes by. */
interface Fact {
  click?: ClickDocument;
  conversion?: ConversionDocument;
  at: number;
}

export interface RecountedReport {
  /** Groups by the JSON text of their keys: the row as the answer shows it. */
  rows: Map<string, RecountedRow>;
  totals: object;
  /** The groups that are not among these keys. */
  othersThan(shown: readonly string[]): object | null;
  otherCurrencies: { currency: string; amount: string }[];
  otherCosts: { currency: string; amount: string }[];
}

export interface RecountedRow {
  keys: Value[];
  shown: Record<string, unknown>;
  /** Values of metrics before they are rounded. */
  valueOf(metric: string): Big | null;
}

export function recount(documents: Documents, asked: AskedReport): RecountedReport {
  return new Recount(documents, asked).report();
}

class Recount {
  private readonly links: Map<string, LinkDocument>;
  private readonly shiftDays: number;
  private readonly documents: Documents;

  constructor(
    documents: Documents,
    private readonly asked: AskedReport,
  ) {
    this.documents = { ...documents, clicks: withCountedCosts(documents) };
    this.links = new Map(
      documents.links.filter(({ workspaceId }) => workspaceId === WORKSPACE).map((link) => [link._id, link]),
    );
    this.shiftDays = this.daysToCompared();
  }

  report(): RecountedReport {
    const own = this.facts(false);
    const compared = this.asked.compare === undefined ? undefined : this.facts(true);
    const groups = this.groupsOf(own, false);
    const comparedGroups = compared && this.groupsOf(compared, true);
    const rows = new Map<string, RecountedRow>();
    const keysOf = new Map([...(comparedGroups ?? []), ...groups].map(([key, { keys }]) => [key, keys]));
    if (this.asked.groupBy.length === 0) keysOf.clear();
    for (const [key, keys] of keysOf) {
      const facts = groups.get(key)?.facts ?? [];
      const shown = {
        ...Object.fromEntries(this.asked.groupBy.map((dimension, i) => [dimension, keys[i]])),
        ...this.metricsOf(facts, comparedGroups && (comparedGroups.get(key)?.facts ?? [])),
      };
      rows.set(key, { keys, shown, valueOf: (metric) => valueOfMetric(metric, facts) });
    }
    return {
      rows,
      totals: this.metricsOf(own, compared),
      othersThan: (shown) => {
        if (rows.size <= shown.length) return null;
        const rest = (all: typeof groups): Fact[] =>
          [...all].flatMap(([key, { facts }]) => (shown.includes(key) ? [] : facts));
        const isOfSums = true;
        return {
          groups: rows.size - shown.length,
          ...this.metricsOf(rest(groups), comparedGroups && rest(comparedGroups), isOfSums),
        };
      },
      otherCurrencies: otherCurrencies(this.conversions().filter((fact) => this.isCounted(fact, false))),
      otherCosts: this.readsCost() ? otherCosts(this.clicks().filter((fact) => this.isCounted(fact, false))) : [],
    };
  }

  /** The facts of the report, or of the period that it is compared with. */
  private facts(isCompared: boolean): Fact[] {
    const { metrics, sort } = this.asked;
    const names = [...metrics, ...sort.map(({ by }) => by)];
    const clicks = names.some((name) => COUNTED_METRICS[name]?.readsClicks) ? this.clicks() : [];
    const conversions = names.some((name) => COUNTED_METRICS[name]?.readsConversions) ? this.conversions() : [];
    return [...clicks, ...conversions].filter((fact) => this.isCounted(fact, isCompared));
  }

  private readsCost(): boolean {
    const { metrics, sort } = this.asked;
    return [...metrics, ...sort.map(({ by }) => by)].some((name) => /^(?:cost|profit|roi|cp)/.test(name));
  }

  private clicks(): Fact[] {
    const { clicks } = this.documents;
    return clicks
      .filter(({ workspaceId, isTest }) => workspaceId === WORKSPACE && isTest !== true)
      .map((click) => ({ click, at: click.at.getTime() }));
  }

  private conversions(): Fact[] {
    const { conversions } = this.documents;
    return conversions
      .filter(({ workspaceId }) => workspaceId === WORKSPACE)
      .map((conversion) => {
        const { clickedAt, convertedAt } = conversion;
        const time = this.asked.timeBy === 'conversion' ? convertedAt : (clickedAt ?? convertedAt);
        return { conversion, at: time.getTime() };
      });
  }

  private isCounted(fact: Fact, isCompared: boolean): boolean {
    return this.isInPeriod(fact.at, isCompared) && this.isWithin(fact) && this.isWanted(fact, isCompared);
  }

  private isWithin({ click, conversion }: Fact): boolean {
    const { within } = this.asked;
    if (within === null) return true;
    const { tags, campaign } = this.links.get(click?.linkId ?? conversion?.linkId ?? '') ?? {};
    const isTagged = (tags ?? []).some((tag) => within.tags.includes(tag));
    return isTagged || (typeof campaign === 'string' && campaign !== '' && within.campaigns.includes(campaign));
  }

  private isInPeriod(at: number, isCompared: boolean): boolean {
    const { asked } = this;
    if (!isCompared) return this.isFrom(at, asked.from) && this.isBefore(at, asked.to);
    const { compare } = asked;
    if (compare?.kind === 'range') {
      const moved = this.shiftDays - (daysOf(this.firstDay(asked.from)) - daysOf(this.firstDay(compare.from)));
      return (
        this.isFrom(at, this.movedBack(compare.from, moved)) && this.isBefore(at, this.movedBack(compare.to, moved))
      );
    }
    return (
      this.isFrom(at, this.movedBack(asked.from, this.shiftDays)) &&
      this.isBefore(at, this.movedBack(asked.to, this.shiftDays))
    );
  }

  private isFrom(at: number, bound: AskedBound): boolean {
    return 'day' in bound ? localTime(at, this.asked.timezone).day >= bound.day : at >= bound.at;
  }

  private isBefore(at: number, bound: AskedBound): boolean {
    return 'day' in bound ? localTime(at, this.asked.timezone).day <= bound.day : at < bound.at;
  }

  /** The same time of day, days before. */
  private movedBack(bound: AskedBound, days: number): AskedBound {
    if ('day' in bound) return { day: addDays(bound.day, -days) };
    const { timezone } = this.asked;
    return { at: momentOfWall(localTime(bound.at, timezone).wallMs - days * DAY_MS, timezone) };
  }

  private firstDay(bound: AskedBound): string {
    return 'day' in bound ? bound.day : localTime(bound.at, this.asked.timezone).day;
  }

  private lastDay(bound: AskedBound): string {
    return 'day' in bound ? bound.day : localTime(bound.at - 1, this.asked.timezone).day;
  }

  /** Days from a day of the compared period to the day that it is compared with. */
  private daysToCompared(): number {
    const { compare, from, to, matchWeekday } = this.asked;
    if (compare === undefined) return 0;
    const first = this.firstDay(from);
    switch (compare.kind) {
      case 'previous': {
        const days = daysOf(this.lastDay(to)) - daysOf(first) + 1;
        return matchWeekday ? Math.ceil(days / 7) * 7 : days;
      }
      case 'year': {
        const sameDay = `${Number(first.slice(0, 4)) - 1}${first.slice(4)}`;
        const days = daysOf(first) - daysOf(sameDay.replace('02-29', '02-28'));
        return matchWeekday ? 364 : days;
      }
      case 'range': {
        const days = daysOf(first) - daysOf(this.firstDay(compare.from));
        if (!matchWeekday) return days;
        // About a year ago is 52 weeks ago. Nearer periods do not come nearer, so that they do not overlap.
        return (days > 300 ? Math.floor(days / 7) : Math.ceil(days / 7)) * 7;
      }
    }
  }

  private isWanted(fact: Fact, isCompared: boolean): boolean {
    const { filters, under } = this.asked;
    return (
      filters.every((filter) => {
        const isOfConversions = filter.dimension === 'eventType' || filter.dimension === 'status';
        if (isOfConversions && fact.click !== undefined) return true;
        return matches(filter, this.valuesOf(fact, filter.dimension, isCompared));
      }) && under.every(({ dimension, value }) => this.valuesOf(fact, dimension, isCompared).includes(value))
    );
  }

  private groupsOf(facts: readonly Fact[], isCompared: boolean): Map<string, { keys: Value[]; facts: Fact[] }> {
    const groups = new Map<string, { keys: Value[]; facts: Fact[] }>();
    for (const fact of facts) {
      let rows: Value[][] = [[]];
      for (const dimension of this.asked.groupBy) {
        const values = this.valuesOf(fact, dimension, isCompared);
        rows = rows.flatMap((row) => values.map((value) => [...row, value]));
      }
      for (const keys of rows) {
        const key = JSON.stringify(keys);
        const group = groups.get(key) ?? { keys, facts: [] };
        group.facts.push(fact);
        groups.set(key, group);
      }
    }
    return groups;
  }

  /** The values of a dimension: one, but for tags, of which a link may have several. */
  private valuesOf({ click, conversion, at }: Fact, dimension: ReportDimension, isCompared: boolean): Value[] {
    const linkId = click?.linkId ?? conversion?.linkId ?? '';
    const link = this.links.get(linkId);
    const fields = click ?? conversion?.facts ?? {};
    const inCountry = (name: string | null | undefined): Value =>
      filled(name) === null ? null : `${fields.country ?? ''}-${name}`;
    switch (dimension) {
      case 'link':
        return [linkId];
      case 'tag': {
        const tags = [...new Set(link?.tags ?? [])];
        return tags.length > 0 ? tags : [null];
      }
      case 'domain':
        return [link?.hostname ?? null];
      case 'campaign':
        return [filled(link?.campaign)];
      case 'network':
        return [(conversion ? conversion.networkId : link?.networkId) ?? null];
      case 'eventType':
        return [conversion?.eventType ?? null];
      case 'status':
        return [conversion?.status ?? null];
      case 'botReason':
        return [click?.botReason ?? null];
      case 'region':
        return [inCountry(fields.region)];
      case 'city':
        return [inCountry(fields.city)];
      case 'asn':
        return [fields.asn ?? null];
      case 'variant': {
        const variant = filled(fields.variant);
        return [variant === null || typeof fields.rule !== 'string' ? variant : `${fields.rule}/${variant}`];
      }
      case 'referrer':
        return [filled(click ? click.referrerHost : conversion?.facts?.referrer)];
      case 'source':
        return [click ? sourceOf(click) : filled(conversion?.facts?.source)];
      case 'country':
      case 'device':
      case 'os':
      case 'browser':
      case 'inApp':
      case 'language':
      case 'rule':
        return [filled(fields[dimension])];
      case 'hour':
      case 'day':
      case 'week':
      case 'month':
      case 'weekday':
      case 'hourOfDay':
        return [this.timeKey(at, dimension, isCompared)];
      default:
        return [filled(fields.subs?.[dimension])];
    }
  }

  private timeKey(at: number, dimension: string, isCompared: boolean): Value {
    const { timezone } = this.asked;
    const local = localTime(at, timezone);
    const day = addDays(local.day, isCompared ? this.shiftDays : 0);
    switch (dimension) {
      case 'weekday':
        return local.weekday;
      case 'hourOfDay':
        return local.hour;
      case 'day':
        return day;
      case 'month':
        return day.slice(0, 7);
      case 'week': {
        const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
        return addDays(day, -((weekday + 6) % 7));
      }
      default: {
        const start = isCompared
          ? startOfHour(daysOf(day) * DAY_MS + local.hour * HOUR_MS, timezone)
          : at - (local.wallMs % HOUR_MS);
        return new Date(start).toISOString();
      }
    }
  }

  private metricsOf(own: readonly Fact[], compared: readonly Fact[] | undefined, isOfSums = false): object {
    const shown = (facts: readonly Fact[]): Record<string, unknown> =>
      Object.fromEntries(
        this.asked.metrics.map((name) => {
          const isUnknown = isOfSums && COUNTED_METRICS[name]?.isMedian === true;
          return [name, isUnknown ? null : shownMetric(name, valueOfMetric(name, facts), CURRENCY)];
        }),
      );
    return compared === undefined ? shown(own) : { ...shown(own), compare: shown(compared) };
  }
}

function valueOfMetric(name: string, facts: readonly Fact[]): Big | null {
  const documents = {
    clicks: facts.flatMap(({ click }) => click ?? []),
    conversions: facts.flatMap(({ conversion }) => conversion ?? []),
  };
  return COUNTED_METRICS[name]?.of(documents, CURRENCY) ?? null;
}

function matches({ isExcluding, mode, values }: AskedFilter, own: readonly Value[]): boolean {
  const isIn =
    mode === 'contains'
      ? own.some((value) => values.some((part) => value !== null && lower(value).includes(lower(part))))
      : own.some((value) => values.includes(value));
  return isIn !== isExcluding;
}

function lower(value: Value): string {
  return String(value).toLowerCase();
}

/** The start of the hour that a clock shows: of the first one, or of the hour before when the clock skipped it. */
function startOfHour(wallMs: number, timezone: string): number {
  const offsets = [-26, -3, 0, 3, 26].map((hours) => {
    const at = wallMs + hours * HOUR_MS;
    return localTime(at, timezone).wallMs - at;
  });
  const starts = offsets.map((offset) => wallMs - offset);
  const shown = starts.filter((start) =>
    [0, 15, 30, 45].some((minutes) => {
      const { wallMs: wall } = localTime(start + minutes * 60_000, timezone);
      return wall === wallMs + minutes * 60_000;
    }),
  );
  return Math.min(...(shown.length > 0 ? shown : starts));
}

function filled(text: string | null | undefined): string | null {
  return text === '' || text === undefined ? null : text;
}

function otherCosts(facts: readonly Fact[]): { currency: string; amount: string }[] {
  const sums = new Map<string, Big>();
  for (const { click } of facts) {
    if (!click?.cost || click.cost.currency === CURRENCY) continue;
    sums.set(click.cost.currency, (sums.get(click.cost.currency) ?? new Big(0)).plus(click.cost.amount));
  }
  return [...sums]
    .filter(([, sum]) => !sum.eq(0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, amount: shownAmount(sum.round(9, Big.roundHalfUp)) }));
}

function otherCurrencies(facts: readonly Fact[]): { currency: string; amount: string }[] {
  const sums = new Map<string, Big>();
  for (const { conversion } of facts) {
    const revenue = conversion?.revenue;
    if (!revenue || conversion.status !== 'approved' || revenue.currency === CURRENCY) continue;
    if (new Big(revenue.amount).eq(0)) continue;
    sums.set(revenue.currency, (sums.get(revenue.currency) ?? new Big(0)).plus(revenue.amount));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, amount: shownAmount(sum) }));
}
