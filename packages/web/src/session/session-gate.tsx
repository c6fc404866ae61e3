import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { ProblemError } from '../api/problem-error.ts'
import { Failure } from '../parts/failure.tsx'
import { SessionContext, sessionQuery } from './session.ts'
import classes from './session-gate.module.css'

// Most who come are signed in.
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }))

/** Shows what is in it to whoever is signed in, and a place to sign in to everybody else. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery)
  if (data) return <SessionContext.Provider value={data}>{children}</SessionContext.Provider>
  if (error instanceof ProblemError && error.problem.status === 401)
    return (
      <Suspense>
        <SignIn />
      </Suspense>
    )
  if (error)
    return (
      <div className={classes.middle}>
        <Failure error={error} again={refetch} />
      </div>
    )
  return null
}
