import type { Goal } from './rule.js';

/** The results of one variant in the window. */
export interface VariantResult {
  /** Human clicks. */
  clicks: number;
  /** Conversions that the goal counts; for `epc` all approved ones. */
  conversions: number;
  /** Revenue of approved conversions, in the workspace's currency: the sum, and the sum of squares. */
  revenue: number;
  revenueSquares: number;
}

export interface VariantOutlook extends VariantResult {
  /** Conversions or revenue per click. */
  rate: number;
  /** Probability that no other variant is better. */
  probabilityBest: number;
  /** Its share of the visitors, 0 to 1. */
  share: number;
}

const DRAWS = 1_000;
/** Weights are whole numbers: hundredths of a per cent. */
const PARTS = 10_000;

/**
 * Thompson sampling for many visitors at once (Chapelle and Li, "An Empirical Evaluation of Thompson Sampling", 2011).
 * Each variant's rate is drawn many times from its posterior distribution. A variant's share of the visitors is the share
 * of draws in which it is best. The share `exploration` is distributed evenly, so that a variant with a bad start still
 * gets visitors.
 * @param results by variant key, in the order of the variants.
 * @param random returns 0 to 1; tests pass their own.
 */
export function optimise(
  results: ReadonlyMap<string, VariantResult>,
  goal: Goal,
  exploration: number,
  random: () => number = Math.random,
): Map<string, VariantOutlook> {
  const variants = [...results];
  const prior = priorOf(variants.map(([, result]) => result));
  const wins = variants.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw++) {
    const rates = variants.map(([, result]) => drawRate(result, goal, prior, random));
    const best = rates.indexOf(Math.max(...rates));
    wins[best] = (wins[best] ?? 0) + 1;
  }
  return new Map(
    variants.map(([key, result], i) => {
      const probabilityBest = (wins[i] ?? 0) / DRAWS;
      const share = exploration / variants.length + (1 - exploration) * probabilityBest;
      const earned = goal === 'epc' ? result.revenue : result.conversions;
      return [key, { ...result, rate: result.clicks === 0 ? 0 : earned / result.clicks, probabilityBest, share }];
    }),
  );
}

/** The shares as weights for `choose`. */
export function weightsOf(outlook: ReadonlyMap<string, VariantOutlook>): Map<string, number> {
  return new Map([...outlook].map(([key, { share }]) => [key, Math.max(1, Math.round(share * PARTS))]));
}

interface Prior {
  /** Revenue of an average conversion, over all variants. */
  value: number;
  deviation: number;
}

/** The prior of a variant: as long as it has few conversions, it is assumed to be like all variants. */
function priorOf(results: readonly VariantResult[]): Prior {
  const conversions = results.reduce((sum, result) => sum + result.conversions, 0);
  if (conversions === 0) return { value: 1, deviation: 0 };
  const value = results.reduce((sum, { revenue }) => sum + revenue, 0) / conversions;
  const squares = results.reduce((sum, { revenueSquares }) => sum + revenueSquares, 0) / conversions;
  return { value, deviation: Math.sqrt(Math.max(0, squares - value * value)) };
}

function drawRate(result: VariantResult, goal: Goal, prior: Prior, random: () => number): number {
  const { clicks, conversions } = result;
  // A click may have several conversions. More than one per click counts as one.
  const rate = drawBeta(1 + conversions, 1 + Math.max(0, clicks - conversions), random);
  if (goal !== 'epc') return rate;
  const mean = (result.revenue + prior.value) / (conversions + 1);
  return rate * (mean + (prior.deviation / Math.sqrt(conversions + 1)) * drawNormal(random));
}

function drawBeta(alpha: number, beta: number, random: () => number): number {
  const x = drawGamma(alpha, random);
  return x / (x + drawGamma(beta, random));
}

/** For shapes of at least 1 (Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000). */
function drawGamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Box–Muller transform. */
function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
