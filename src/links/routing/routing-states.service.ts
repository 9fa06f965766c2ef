import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ReplicatedCache } from '../../platform/cache/replicated-cache.js';
import { withTimeout } from '../../platform/concurrency/with-timeout.js';
import { DatabaseTimeout } from '../../platform/mongo/mongo-errors.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { CompiledLink, RoutedLink } from '../rules/compiled-link.js';
import { VARIANT_RESULTS } from '../links.ports.js';
import type { RoutingState } from '../rules/routing/choose.js';
import type { CompiledRouting, CompiledVariant } from '../rules/routing/compiled-routing.js';
import { optimise, type VariantOutlook, type VariantResult, weightsOf } from '../rules/routing/optimise.js';

/** Caps must be exact within seconds. Optimised weights change slowly, and cost more to compute. */
const MAX_AGE_MS = { full: 2_000, weights: 30_000 };
const MAX_KNOWN = 10_000;
/** Time that a visitor waits for the results of variants. Without them, the configured weights are used. */
const WAIT_MS = 100;
const DAY_MS = 86_400_000;

type Results = Map<string, VariantResult>;

/** The numbers by which a rotation decides, for the API. */
export interface RotationReport {
  workspaceId: WorkspaceId;
  linkId: string;
  /** Each list of variants: the link's own (`rule` absent), and those of its rules. */
  lists: { rule: string | undefined; variants: VariantReport[] }[];
}

export interface VariantReport {
  variant: CompiledVariant;
  outlook: VariantOutlook;
  /** Its current share of new visitors, 0 to 1. */
  share: number;
  /** Conversions of today; `undefined` without a cap. */
  today: number | undefined;
}

/**
 * Reached caps and optimised weights of the links in use. Each process computes them for the links that it serves, and
 * refreshes them after 1 to 15 seconds. While MongoDB is away, the last known state is used.
 */
@Injectable()
export class RoutingStates {
  private readonly full: ReplicatedCache<ReadonlySet<string>>;
  private readonly weights: ReplicatedCache<ReadonlyMap<string, number>>;
  /** The links of the keys in `full` and `weights`, for their loads. */
  private readonly links = new LRUCache<string, CompiledLink>({ max: MAX_KNOWN });

  constructor(
    private readonly mongo: MongoHealth,
    private readonly ports: Ports,
  ) {
    const options = { max: MAX_KNOWN, isStoreAnswering: () => mongo.isAnswering, waitMs: { known: WAIT_MS } };
    this.full = new ReplicatedCache({ ...options, ...agesOf(MAX_AGE_MS.full), load: (key) => this.readFull(key) });
    this.weights = new ReplicatedCache({
      ...options,
      ...agesOf(MAX_AGE_MS.weights),
      load: (key) => this.readWeights(key),
    });
  }

  /** The state of a link; `undefined` when only the configured weights decide. Never throws. */
  async of(link: CompiledLink): Promise<RoutingState | undefined> {
    const { routing } = link;
    if (!routing.needsResults) return undefined;
    const key = link.id;
    if (this.links.get(key) !== link) {
      this.links.set(key, link);
      this.full.invalidate(key);
      this.weights.invalidate(key);
    }
    const [full, weights] = await Promise.all([
      hasCaps(routing) ? this.answerInTime(this.full.find(key)) : undefined,
      routing.rotation.mode === 'optimised' ? this.answerInTime(this.weights.find(key)) : undefined,
    ]);
    return { full: full ?? new Set(), ...(weights && { weights }) };
  }

  /** The current numbers of all variants, read from MongoDB. */
  async report({ routed: link, routing }: CompiledLink): Promise<RotationReport> {
    const { workspaceId, _id } = link;
    const [results, today] = await Promise.all([this.results(link, routing), this.today(link, routing)]);
    const lists = listsOf(routing).map(({ rule, variants }) => {
      const outlooks = outlooksOf(routing, variants, results);
      const effectiveWeight = (variant: CompiledVariant): number => {
        if (isFull(variant, today) || variant.weight === 0) return 0;
        return routing.rotation.mode === 'optimised' ? (outlooks.get(variant.key)?.share ?? 0) : variant.weight;
      };
      const sum = variants.reduce((total, variant) => total + effectiveWeight(variant), 0);
      const rows = variants.map((variant) => ({
        variant,
        outlook: outlooks.get(variant.key) ?? {
          ...NOTHING,
          ...results.get(variant.key),
          rate: 0,
          probabilityBest: 0,
          share: 0,
        },
        share: sum === 0 ? 0 : effectiveWeight(variant) / sum,
        today: today.get(variant.key),
      }));
      return { rule, variants: rows };
    });
    return { workspaceId, linkId: _id, lists };
  }

  private async readFull(key: string): Promise<ReadonlySet<string>> {
    const compiled = this.links.get(key);
    if (compiled === undefined) return new Set();
    const today = await this.today(compiled.routed, compiled.routing);
    const variants = listsOf(compiled.routing).flatMap((list) => list.variants);
    return new Set(variants.filter((variant) => isFull(variant, today)).map((variant) => variant.key));
  }

  private async readWeights(key: string): Promise<ReadonlyMap<string, number>> {
    const compiled = this.links.get(key);
    if (compiled === undefined) return new Map();
    const { routed, routing } = compiled;
    const results = await this.results(routed, routing);
    return weightsOf(new Map(listsOf(routing).flatMap(({ variants }) => [...outlooksOf(routing, variants, results)])));
  }

  /** The answer, or `undefined` when it takes longer than a visitor may wait. */
  private answerInTime<T>(asked: Promise<T>): Promise<T | undefined> {
    const isAnswering = (): boolean => this.mongo.isAnswering;
    return withTimeout<T | undefined>(WAIT_MS, asked, () => new DatabaseTimeout(), isAnswering).catch(() => undefined);
  }

  private async results({ workspaceId, _id }: RoutedLink, { rotation }: CompiledRouting): Promise<Results> {
    const since = Date.now() - rotation.windowDays * DAY_MS;
    return this.ports.get(VARIANT_RESULTS).results(workspaceId, _id, rotation.goal, since);
  }

  /** Today's conversions of the variants with a cap. */
  private async today({ workspaceId, _id }: RoutedLink, routing: CompiledRouting): Promise<Map<string, number>> {
    const capped = listsOf(routing).flatMap(({ variants }) =>
      variants.flatMap(({ key, cap }) => (cap === null ? [] : [{ key, cap }])),
    );
    const source = this.ports.get(VARIANT_RESULTS);
    const counts = capped.map(async ({ key, cap }) => [key, await source.today(workspaceId, _id, key, cap)] as const);
    return new Map(await Promise.all(counts));
  }
}

function agesOf(maxAgeMs: number): { refreshAfterMs: number; staleAfterMs: number } {
  return { refreshAfterMs: maxAgeMs / 2, staleAfterMs: maxAgeMs };
}

function hasCaps(routing: CompiledRouting): boolean {
  return listsOf(routing).some(({ variants }) => variants.some(({ cap }) => cap !== null));
}

function isFull({ key, cap }: CompiledVariant, today: ReadonlyMap<string, number>): boolean {
  return cap !== null && (today.get(key) ?? 0) >= cap.conversions;
}

/** Variants with a weight of 0 are switched off and left out. */
function outlooksOf(
  { rotation }: CompiledRouting,
  variants: readonly CompiledVariant[],
  results: Results,
): Map<string, VariantOutlook> {
  const active = variants.filter(({ weight }) => weight > 0);
  const known = new Map(active.map(({ key }) => [key, results.get(key) ?? NOTHING]));
  return optimise(known, rotation.goal, rotation.exploration);
}

function listsOf({ variants, rules }: CompiledRouting): { rule: string | undefined; variants: CompiledVariant[] }[] {
  return [
    { rule: undefined, variants },
    ...rules.map(({ name, variants: own }) => ({ rule: name, variants: own })),
  ].filter((list) => list.variants.length > 0);
}

const NOTHING: VariantResult = { clicks: 0, conversions: 0, revenue: 0, revenueSquares: 0 };
