import { z } from 'zod'
import { route } from './route.ts'
import { whoAmI } from './token-routes.ts'

/** What a browser sends with every request once somebody has signed in: the token, where no script can read it. */
export const SESSION_COOKIE = 'offtake_session'

export const signIn = route({
  id: 'signIn',
  method: 'POST',
  path: '/v1/session',
  about: 'Signs a browser in: the token is kept in a cookie that no script reads and no other site sends.',
  may: 'anybody',
  body: z.strictObject({ token: z.string().min(1).max(10_000) }),
  answer: whoAmI.answer,
})

export const signOut = route({
  id: 'signOut',
  method: 'DELETE',
  path: '/v1/session',
  about: 'Signs a browser out. The token stays good.',
  may: 'anybody',
  answer: z.object({}),
})
