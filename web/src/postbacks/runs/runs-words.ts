import { formatCount } from '../../ui/data/money-format';

/** Texts of the sheet that runs many postbacks again. */
export const runsWords = {
  title: 'Run many again',
  about:
    'Each postback of these filters is read with today’s mapping, the oldest first. What has counted does not count again.',
  trying: 'Trying it out. Nothing is stored.',
  progress: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)}`,
  would: (total: number) => `Of ${formatCount(total)}, these would be:`,
  nothing: 'No postback matches these filters.',
  skipped: 'cannot be run again',
  run: (total: number) => `Run ${formatCount(total)} again`,
  running: 'They are run again.',
  runsOn: (done: number, total: number) => `Run again: ${formatCount(done)} of ${formatCount(total)}`,
  cancel: 'Cancel the run',
  done: (done: number) => `${formatCount(done)} run again:`,
  cancelled: (done: number, total: number) =>
    `Cancelled after ${formatCount(done)} of ${formatCount(total)}. These are kept:`,
  close: 'Close',
} as const;
