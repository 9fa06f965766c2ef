import type { PeriodName } from './period';

/** Texts of the period bar. */
export const periodWords = {
  names: {
    today: 'Today',
    yesterday: 'Yesterday',
    '7d': '7 days',
    '30d': '30 days',
    month: 'This month',
    all: 'All time',
  } satisfies Record<PeriodName, string>,
  period: 'Period',
  before: 'The period before',
  after: 'The period after',
  until: (time: string) => `until ${time}`,
  from: 'From',
  to: 'To',
  apply: 'Apply',
  asOf: (time: string) => `as of ${time}`,
  live: 'Live',
  notLive: 'Not live',
  zone: 'Time zone of this workspace',
} as const;
