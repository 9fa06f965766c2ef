import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, bodyOf, type Schema } from '../../api/client';
import { type LiveEvent, useLiveEvents } from '../../app/live';
import { hasScope, useMe } from '../../app/session';
import type { Conversion } from '../conversions-words';

const MAX_ROWS = 100;

type Parameters = ReadonlyMap<string, Schema<'PostbackParameterResponse'>[]>;

/** One conversion; renewed when an event about it arrives. */
export function useConversion(id: string) {
  const queries = useQueryClient();
  const listen = useCallback(
    ({ data }: LiveEvent) => {
      if (data['id'] !== id && data['conversionId'] !== id) return;
      void queries.invalidateQueries({ queryKey: ['conversions', 'one', id] });
    },
    [id, queries],
  );
  useLiveEvents(['conversion', 'postback'], listen);
  return useQuery({
    queryKey: ['conversions', 'one', id, 'conversion'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/conversions/{id}', { params: { path: { id } }, signal })),
  });
}

export function useStory(id: string) {
  return useQuery({
    queryKey: ['conversions', 'one', id, 'story'],
    queryFn: async ({ signal }) =>
      bodyOf(await api.GET('/api/v1/conversions/{id}/story', { params: { path: { id } }, signal })),
  });
}

/** The parameters of the requests about a conversion, by the id of the request. */
export function useRequestParameters(id: string): Parameters {
  const isAllowed = hasScope(useMe(), 'postbacks:read');
  const { data } = useQuery({
    queryKey: ['conversions', 'one', id, 'requests'],
    queryFn: async ({ signal }) => {
      const query = { conversionId: id, limit: MAX_ROWS };
      const { data: rows } = bodyOf(await api.GET('/api/v1/postbacks', { params: { query }, signal }));
      return new Map(rows.map((row) => [row.id, row.parameters]));
    },
    enabled: isAllowed,
    retry: false, // without them, requests are shown as they were sent
  });
  return data ?? NO_PARAMETERS;
}

const NO_PARAMETERS: Parameters = new Map();

/** Other conversions of the same click. */
export function useSiblings({ id, clickId }: Pick<Conversion, 'id' | 'clickId'>): readonly Conversion[] {
  const { data } = useQuery({
    queryKey: ['conversions', 'one', id, 'siblings'],
    queryFn: async ({ signal }) => {
      const query = { clickId: clickId ?? '', limit: MAX_ROWS };
      const { data: rows } = bodyOf(await api.GET('/api/v1/conversions', { params: { query }, signal }));
      return rows.filter((row) => row.id !== id);
    },
    enabled: clickId !== null,
  });
  return data ?? NO_SIBLINGS;
}

const NO_SIBLINGS: readonly Conversion[] = [];

/** The cost of the click. Absent: not known, or not allowed. */
export function useClickCost(clickId: string | null): Schema<'MoneyResponse'> | null | undefined {
  const isAllowed = hasScope(useMe(), 'clicks:read');
  const { data } = useQuery({
    queryKey: ['clicks', 'cost', clickId],
    queryFn: async ({ signal }) => {
      const params = { path: { clickId: clickId ?? '' } };
      return bodyOf(await api.GET('/api/v1/clicks/{clickId}', { params, signal })).cost;
    },
    enabled: isAllowed && clickId !== null,
    retry: false, // it may not be stored
  });
  return data;
}
