import type { Role } from '@offtake/contract/api/role'
import type { Route } from '@offtake/contract/api/route'
import { whoAmI } from '@offtake/contract/api/token-routes'
import { createContext, useContext } from 'react'
import type { z } from 'zod'
import { reading } from '../api/call.ts'

export type Session = z.output<(typeof whoAmI)['answer']>

export const sessionQuery = reading(whoAmI, {})

export const SessionContext = createContext<Session | undefined>(undefined)

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('nobody is signed in')
  return session
}

/** Whether somebody may ask a route. It shapes what is shown; the server decides. */
export function mayAsk({ roles }: { readonly roles: readonly Role[] }, { may }: Pick<Route, 'may'>): boolean {
  if (may === 'anybody' || roles.includes('admin')) return true
  return roles.some((role) => may.includes(role))
}

export function useMay(route: Pick<Route, 'may'>): boolean {
  return mayAsk(useSession(), route)
}
