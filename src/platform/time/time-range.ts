import { parseTime } from './parse-time.js';

/** The filter for a time from `from` on and before `to`, as they stand in a query; `undefined` when neither is given. */
export function timeRange({ from, to }: { from?: string | undefined; to?: string | undefined }): object | undefined {
  const start = parseTime(from ?? '');
  const end = parseTime(to ?? '');
  return start || end ? { ...(start && { $gte: start }), ...(end && { $lt: end }) } : undefined;
}
