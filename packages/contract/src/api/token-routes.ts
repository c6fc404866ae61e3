import { DAY_MS } from '@offtake/core/base/instant'
import { z } from 'zod'
import { duration } from '../portfolio/duration.ts'
import { identifier, words } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS, ROLES } from './role.ts'
import { route } from './route.ts'

const LONGEST_LIFE_MS = 3_660 * DAY_MS

/** Whom the journal names where nobody need answer for it: the audit leaves them out. */
export const ACT_BY_THEMSELVES: readonly string[] = ['adapter', 'engine', 'replay', 'services']

/** Under these Offtake itself acts, and nobody else. */
const OWN_ACTORS: readonly string[] = ['admin', 'anybody', 'portfolio', ...ACT_BY_THEMSELVES]

const tokenRequest = z
  .strictObject({
    actor: identifier
      .refine((actor) => !OWN_ACTORS.includes(actor), { error: 'is a name under which Offtake itself acts' })
      .describe('who acts with it, as the journal names them'),
    name: words.max(200).exactOptional().describe('what it is for; the actor by default'),
    roles: z
      .array(z.enum(ROLES))
      .min(1)
      .refine((roles) => new Set(roles).size === roles.length, { error: 'names a role twice' }),
    tenant: identifier.exactOptional().describe('whose it is: needed for the role tenant, and for no other'),
    expiresIn: duration
      .refine((ms) => ms > 0 && ms <= LONGEST_LIFE_MS, { error: 'must be above 0 and at most ten years' })
      .default(90 * DAY_MS)
      .describe('how long it is good for; 90d by default'),
  })
  .refine(({ roles }) => !roles.includes('tenant') || roles.length === 1, {
    error: 'tenant goes with no other role: whoever is one sees its own and nothing else',
    path: ['roles'],
  })
  .refine(({ roles, tenant }) => roles.includes('tenant') === (tenant !== undefined), {
    error: 'the role tenant needs a tenant, and no other role has one',
    path: ['tenant'],
  })

export type TokenRequest = z.output<typeof tokenRequest>

const tokenView = z.object({
  id: identifier,
  name: z.string(),
  actor: z.string(),
  roles: z.array(z.enum(ROLES)),
  tenant: z.string().nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
  createdAt: moment,
  createdBy: z.string(),
  expiresAt: moment,
  revokedAt: moment.nullable(),
})

export type TokenView = z.output<typeof tokenView>

export const createToken = route({
  id: 'createToken',
  method: 'POST',
  path: '/v1/tokens',
  about: 'Makes a token. Its secret is in the answer and nowhere else.',
  may: [],
  body: tokenRequest,
  answer: tokenView.extend({
    secret: z
      .string()
      .nullable()
      .describe('shown once: null where the request came again under its key, since only its hash is kept'),
  }),
  status: 201,
})

export const listTokens = route({
  id: 'listTokens',
  method: 'GET',
  path: '/v1/tokens',
  about: 'Tokens, the latest first, without their secrets.',
  may: [],
  query: z.strictObject(pageQuery),
  answer: pageOf(tokenView),
})

export const revokeToken = route({
  id: 'revokeToken',
  method: 'POST',
  path: '/v1/tokens/{id}/revoke',
  about: 'Ends a token: within two seconds nobody is let in by it.',
  may: [],
  params: z.strictObject({ id: identifier }),
  answer: tokenView,
})

export const whoAmI = route({
  id: 'whoAmI',
  method: 'GET',
  path: '/v1/whoami',
  about: 'Who the token says one is.',
  may: [...READERS, 'tenant'],
  answer: z.object({
    actor: z.string(),
    roles: z.array(z.enum(ROLES)),
    tenant: z.string().nullable(),
    expiresAt: moment.nullable().describe('until when the token is good; null where it does not expire'),
  }),
})
