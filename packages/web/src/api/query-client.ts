import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './problem-error.ts'

const MOST_TRIES = 4

/** What was read is good until an event says otherwise; what fails for a reason that waiting does not mend is not tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (tries, error) => tries < MOST_TRIES && isWorthARetry(error),
      retryDelay: (tries) => Math.min(8_000, 500 * 2 ** tries),
    },
    mutations: { retry: false },
  },
})

/** Whether what failed may go well the next time, all else being as it is. */
export function isWorthARetry(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true
  return error.problem.status === 429 || error.problem.status === 503
}
