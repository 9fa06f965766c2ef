import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf, type Schema, sendText } from '../../api/client';
import { uploadFile } from '../../api/upload';
import type { ImportFile } from './import-file';
import { importQuery, type ImportSearch } from './import-search';

/** The API reads no more of a file for its preview. */
const PREVIEW_BYTES = 65_536;
const POLL_MS = 700;
const MAX_EARLIER = 20;
const ROWS_LIMIT = 100;

export type ImportJob = Schema<'ImportResponse'>;
export type RowVerdict = Schema<'ImportRowResponse'>['verdict'];

export function isActive({ status }: Pick<ImportJob, 'status'>): boolean {
  return status === 'receiving' || status === 'running';
}

/** The columns of the beginning of a file. */
export function usePreview(file: ImportFile | null, { network, charset }: ImportSearch) {
  return useQuery({
    queryKey: ['conversions', 'import-preview', file?.version, network, charset],
    queryFn: () => {
      const { blob, contentType } = file as ImportFile;
      const path = `/api/v1/conversions/import/preview${importQuery({ network, charset })}`;
      return sendText<Schema<'ImportPreviewResponse'>>(path, { contentType, body: blob.slice(0, PREVIEW_BYTES) });
    },
    enabled: file !== null,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

/** One import; read again and again while it runs. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ['conversions', 'imports', id],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/conversions/imports/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data !== undefined && !isActive(data) ? false : POLL_MS),
  });
}

export function useImports() {
  return useQuery({
    queryKey: ['conversions', 'imports'],
    queryFn: async ({ signal }) => {
      const params = { query: { limit: MAX_EARLIER } };
      return bodyOf(await api.GET('/api/v1/conversions/imports', { params, signal })).data;
    },
    refetchInterval: ({ state: { data } }) => (data?.some(isActive) === true ? POLL_MS : false),
  });
}

/** The rows of an import with their verdicts. @param done renews the list as the import goes on. */
export function useImportRows(id: string, verdict: RowVerdict | undefined, done: number) {
  return useInfiniteQuery({
    queryKey: ['conversions', 'imports', id, 'rows', verdict, done],
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: ROWS_LIMIT,
        ...(verdict !== undefined && { verdict }),
        ...(pageParam !== null && { cursor: pageParam }),
      };
      const params = { path: { id }, query };
      return bodyOf(await api.GET('/api/v1/conversions/imports/{id}/rows', { params, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Sends a file, and opens its import. What was chosen stays when that fails. */
export function useStart(search: ImportSearch) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [sent, setSent] = useState(0);
  const start = async (file: ImportFile, { dryRun }: { dryRun: boolean }): Promise<void> => {
    setSent(0);
    const path = `/api/v1/conversions/import${importQuery(search, { dryRun })}`;
    const { blob: body, contentType } = file;
    const { id } = await uploadFile<ImportJob>(path, { contentType, body, onProgress: setSent });
    const { step: _step, ...kept } = search;
    await navigate({ to: '/conversions/import', search: { ...kept, id } });
    await queries.invalidateQueries({ queryKey: ['conversions', 'imports'], exact: true });
  };
  return { start, sent };
}
