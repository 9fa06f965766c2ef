import type { PresentedRow } from './present-report.js';

const STEPS = ['humanClicks', 'registrations', 'ftds', 'deposits', 'qualified', 'approved'] as const;
const MEDIANS: Partial<Record<(typeof STEPS)[number], string>> = {
  registrations: 'medianTimeToRegistration',
  ftds: 'medianTimeToFtd',
};

/** The metrics that a funnel needs. */
export const FUNNEL_METRICS = [...STEPS, ...Object.values(MEDIANS)];

export interface FunnelStepValues {
  name: string;
  count: number;
  fromPrevious: number | null;
  fromFirst: number | null;
  medianSeconds: number | null;
  compare: number | null;
}

/** The steps from the click to the approved conversion. @param totals the metrics of `FUNNEL_METRICS`. */
export function toFunnel(totals: PresentedRow): FunnelStepValues[] {
  const compared = totals['compare'] as PresentedRow | undefined;
  const counts = STEPS.map((name) => Number(totals[name]));
  return STEPS.map((name, i) => ({
    name,
    count: counts[i] ?? 0,
    fromPrevious: i === 0 ? null : percentOf(counts[i], counts[i - 1]),
    fromFirst: i === 0 ? null : percentOf(counts[i], counts[0]),
    medianSeconds: (totals[MEDIANS[name] ?? ''] as number | null | undefined) ?? null,
    compare: compared === undefined ? null : Number(compared[name]),
  }));
}

const DECIMALS = 6;

function percentOf(count = 0, of = 0): number | null {
  return of === 0 ? null : Number(((count / of) * 100).toFixed(DECIMALS));
}
