import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf, type Schema } from '../../api/client';

export type SignInMethods = Schema<'SignInMethodsResponse'>;

/** The ways to sign in to this server. */
export const signInMethodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: async () => bodyOf(await api.GET('/api/v1/auth/methods')),
});
