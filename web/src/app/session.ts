import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../api/client';

export type Person = Schema<'MeResponse'>;

/** The signed-in person, with their workspaces and rights. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => bodyOf(await api.GET('/api/v1/me')),
  staleTime: 60_000,
});

/** The workspace of this session, with its settings. */
export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: async () => bodyOf(await api.GET('/api/v1/workspaces/current')),
  staleTime: 60_000,
});

/** The signed-in person. Only for pages behind the sign-in, whose route has loaded it. */
export function useMe(): Person {
  return useSuspenseQuery(meQuery).data;
}

export function hasScope({ scopes }: Pick<Person, 'scopes'>, scope: string): boolean {
  return scopes.includes('*') || scopes.includes(scope);
}

/** The time zone in which all times are shown: that of the workspace, as in its reports. */
export function useTimeZone(): string {
  return useQuery({ ...workspaceQuery, enabled: false }).data?.timezone ?? 'UTC';
}

/** Whether the amounts are hidden from this member: the API then sends `null` for each. */
export function useIsMoneyHidden(): boolean {
  return useMe().workspaces.find(({ isCurrent }) => isCurrent)?.hideMoney === true;
}
