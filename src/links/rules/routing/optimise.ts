import type { Goal } from './rule.js';

/** What one variant has earned in the window. */
export interface VariantResult {
  /** People's clicks. */
  clicks: number;
  /** Conversions that the goal counts; for `epc` all approved ones. */
  conversions: number;
  /** Of approved conversions, in the workspace's currency: their sum, and the sum of their squares. */
  revenue: number;
  revenueSquares: number;
}

export interface VariantOutlook extends VariantResult {
  /** Conversions or revenue a click, as the numbers say. */
  rate: number;
  /** How probable it is that no other variant is better. */
  probabilityBest: number;
  /** Its part of the visitors, 0 to 1. */
  share: number;
}

const DRAWS = 1_000;
/** Hundredths of a per cent: weights are whole numbers for people. */
const PARTS = 10_000;

/**
 * Thompson sampling, for many visitors at once: each variant's rate is drawn again and again from what its numbers leave
 * possible, and a variant gets the part of the visitors in which it came out best (Chapelle and Li, "An Empirical Evaluation
 * of Thompson Sampling", 2011). `exploration` of the visitors are shared out evenly all the same, so that a variant that had
 * a bad start is heard of again.
 * @param results by variant key, in the order of the variants.
 * @param random 0 to 1; given by tests.
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

/** Shares as weights that `choose` takes. */
export function weightsOf(outlook: ReadonlyMap<string, VariantOutlook>): Map<string, number> {
  return new Map([...outlook].map(([key, { share }]) => [key, Math.max(1, Math.round(share * PARTS))]));
}

interface Prior {
  /** What an average conversion brings, over all variants. */
  value: number;
  deviation: number;
}

/** What is not known of a variant's conversions yet is taken to be like that of all. */
function priorOf(results: readonly VariantResult[]): Prior {
  const conversions = results.reduce((sum, result) => sum + result.conversions, 0);
  if (conversions === 0) return { value: 1, deviation: 0 };
  const value = results.reduce((sum, { revenue }) => sum + revenue, 0) / conversions;
  const squares = results.reduce((sum, { revenueSquares }) => sum + revenueSquares, 0) / conversions;
  return { value, deviation: Math.sqrt(Math.max(0, squares - value * value)) };
}

function drawRate(result: VariantResult, goal: Goal, prior: Prior, random: () => number): number {
  const { clicks, conversions } = result;
  // A click may bring several conversions: more than one a click is as good as one.
  const rate = drawBeta(1 + conversions, 1 + Math.max(0, clicks - conversions), random);
  if (goal !== 'epc') return rate;
  const mean = (result.revenue + prior.value) / (conversions + 1);
  return rate * (mean + (prior.deviation / Math.sqrt(conversions + 1)) * drawNormal(random));
}

function drawBeta(alpha: number, beta: number, random: () => number): number {
  const x = drawGamma(alpha, random);
  return x / (x + drawGamma(beta, random));
}

/** For shapes of 1 and more (Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000). */
function drawGamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Box and Muller. */
function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
