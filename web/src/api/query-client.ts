import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

const MAX_RETRIES = 2;

/** One cache of the API's answers. Old data stays on the page while it is loaded again, and when that fails. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < MAX_RETRIES && (!(error instanceof ApiProblem) || (error.isTemporary && error.status !== 429)),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
