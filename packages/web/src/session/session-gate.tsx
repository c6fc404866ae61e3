import { Center, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemError } from '../api/problem-error.ts'
import { Failure } from '../parts/failure.tsx'
import { SessionContext, sessionQuery } from './session.ts'
import { SignIn } from './sign-in.tsx'

/** Shows what is in it to whoever is signed in, and a place to sign in to everybody else. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery)
  if (data) return <SessionContext.Provider value={data}>{children}</SessionContext.Provider>
  if (error instanceof ProblemError && error.problem.status === 401) return <SignIn />
  if (error)
    return (
      <Center mih="100vh" p="xl">
        <Failure error={error} again={refetch} />
      </Center>
    )
  return (
    <Center mih="100vh">
      <Loader size="sm" aria-label="Loading" />
    </Center>
  )
}
