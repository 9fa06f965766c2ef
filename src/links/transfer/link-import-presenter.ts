import type { CsvColumn } from '../../platform/csv/csv-download.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import type { LinkImportJob, LinkRowResult } from './link-import-job.js';
import type {
  LinkImportCounts,
  LinkImportJobResponse,
  LinkImportResponse,
  LinkImportRowResponse,
} from './link-import.dto.js';

/** Import jobs of links, as the API returns them. */
export function toJobResponse(stored: ImportJob): LinkImportJobResponse {
  const job = stored as LinkImportJob;
  const { _id, status, dryRun, source, rows, done, counts, ignoredColumns, warnings, problems, error } = job;
  return {
    id: _id,
    status,
    dryRun,
    source,
    rows,
    done,
    counts: counts as unknown as LinkImportCounts,
    ignoredColumns,
    warnings,
    problems: (problems as LinkRowResult[]).map(toRowResponse),
    error,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
  };
}

/** The response of an import that has ended while its caller waited. */
export function toImportResponse(stored: ImportJob, results: LinkImportRowResponse[]): LinkImportResponse {
  const { source, dryRun, counts, ignoredColumns, warnings } = toJobResponse(stored);
  return { source: source ?? 'csv', dryRun, counts, ignoredColumns, warnings, results };
}

export function toRowResponse({ row, line, verdict: status, ...rest }: LinkRowResult): LinkImportRowResponse {
  return { row, line, status, ...rest };
}

export const ROW_COLUMNS: CsvColumn<LinkRowResult>[] = [
  { name: 'row', cell: ({ row }) => row },
  { name: 'line', cell: ({ line }) => line },
  { name: 'status', cell: ({ verdict }) => verdict },
  { name: 'linkId', cell: ({ linkId }) => linkId },
  { name: 'shortUrl', cell: ({ shortUrl }) => shortUrl },
  { name: 'slugSource', cell: ({ slugSource }) => slugSource },
  { name: 'url', cell: ({ url }) => url },
  { name: 'problems', cell: ({ problems }) => problems.map(withPath).join('; ') },
  { name: 'warnings', cell: ({ warnings }) => warnings.map(({ message }) => message).join(' ') },
];

function withPath({ path, message }: { path: string; message: string }): string {
  return path === '' ? message : `${path}: ${message}`;
}
