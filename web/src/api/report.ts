import { api, bodyOf, type Schema } from './client';
import type { operations } from './openapi';

type ReportQuery = NonNullable<operations['ReportsController_report']['parameters']['query']>;

/** A report whose rows have one key for each dimension and metric, as the API describes them. */
type Report = Omit<Schema<'ReportResponse'>, 'rows'> & { rows: Readonly<Record<string, unknown>>[] };

/** Asks for a report. The route also answers CSV, so openapi-fetch cannot type its answer. */
export async function fetchReport(query: ReportQuery, signal: AbortSignal): Promise<Report> {
  return bodyOf(await api.GET('/api/v1/reports', { params: { query }, signal })) as unknown as Report;
}
