import { ROLES, type Role } from '@offtake/contract/api/role'
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { digestOf } from '../digest.ts'
import { Problem } from '../problem.ts'
import type { Actor } from './actor.ts'

/** Whose tokens are trusted beside our own, and what they say of whom. */
export interface OidcOptions {
  /** The address that its tokens name as `iss`, letter by letter. */
  readonly issuer: string
  /** What its tokens for us name as `aud`. */
  readonly audience: string
  /** The claim that lists roles, such as `offtake_roles` or `realm_access.roles`; what is no role of ours counts as nothing. */
  readonly rolesClaim: string
  /** The claim that names the tenant of whoever has the role tenant. */
  readonly tenantClaim: string
  /** For how long an issuer is not asked again for a key that it did not have. */
  readonly cooldownMs?: number
}

/** By signature alone: a secret that we share with an issuer is one that leaks. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]
const ANSWER_MS = 5_000
const COOLDOWN_MS = 5_000
const RETRY_MS = 1_000
const CLOCKS_DIFFER_S = 30
/** For how long a token that was verified is let in without another look at its signature. */
const VERIFIED_MS = 60_000
const MOST_REMEMBERED = 10_000
const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
/** By OpenID Connect Core 1.0 a subject has at most 255 ASCII characters; the journal keeps it, and it tells whose a key is. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/
/** The last second that a date can tell. */
const LAST_S = 8_640_000_000_000

/** Knows those whom an OpenID Connect issuer vouches for, by bearer tokens that it signed for us. */
export class Oidc {
  readonly #options: OidcOptions
  readonly #clock: () => number
  readonly #verified = new Map<string, { readonly actor: Actor; readonly until: number }>()
  #keys: Promise<JWTVerifyGetKey> | undefined
  #failedAt = Number.NEGATIVE_INFINITY

  constructor(options: OidcOptions, clock: () => number) {
    this.#options = options
    this.#clock = clock
  }

  async knows(token: string): Promise<Actor | undefined> {
    const issuer = issuerNamedBy(token)
    if (issuer === undefined) return undefined
    // Told before anybody is asked for keys.
    if (issuer !== this.#options.issuer) throw new Problem('unauthorized', 'the token is of another issuer')
    const hash = digestOf(token)
    const known = this.#verified.get(hash)
    if (known && this.#clock() < known.until) return known.actor
    const claims = await this.#verify(token)
    const actor = actorOf(claims, this.#options)
    this.#remember(hash, actor)
    return actor
  }

  async #verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, await this.#issuersKeys(), {
        issuer: this.#options.issuer,
        audience: this.#options.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCKS_DIFFER_S,
        currentDate: new Date(this.#clock()),
      })
      return payload
    } catch (error) {
      throw problemOf(error)
    }
  }

  #issuersKeys(): Promise<JWTVerifyGetKey> {
    if (this.#keys) return this.#keys
    if (this.#clock() - this.#failedAt < RETRY_MS) throw new Error('the issuer did not answer a moment ago')
    const keys = discover(this.#options).catch((error: unknown) => {
      this.#keys = undefined
      this.#failedAt = this.#clock()
      throw error
    })
    this.#keys = keys
    return keys
  }

  #remember(hash: string, actor: Actor): void {
    const until = Math.min(this.#clock() + VERIFIED_MS, actor.expiresAt ?? 0)
    this.#verified.delete(hash)
    this.#verified.set(hash, { actor, until })
    const [oldest] = this.#verified.keys()
    if (this.#verified.size > MOST_REMEMBERED && oldest !== undefined) this.#verified.delete(oldest)
  }
}

/** Nothing where it is no token of this kind. */
function issuerNamedBy(token: string): string | undefined {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    return undefined
  }
}

/** Where the issuer's keys are it says itself, under the path that OpenID Connect Discovery 1.0 gives. */
async function discover({ issuer, cooldownMs = COOLDOWN_MS }: OidcOptions): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) })
  if (response.status !== 200) throw new Error(`the issuer answers ${response.status}`)
  const { issuer: itself, jwks_uri: keys } = (await response.json()) as Readonly<Record<string, unknown>>
  if (itself !== issuer) throw new Error(`the issuer calls itself ${itself}`)
  if (typeof keys !== 'string' || !isSafeUrl(keys))
    throw new Error('the issuer does not say where its keys are')
  return createRemoteJWKSet(new URL(keys), {
    timeoutDuration: ANSWER_MS,
    cooldownDuration: cooldownMs,
  })
}

/** Whether nobody on the way can put other keys in the place of those: https, or this machine itself. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
  )
}

/** A token that is bad, or an issuer that cannot be asked: then nobody can tell. */
function problemOf(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return new Problem('unauthorized', 'the token has expired')
  if (error instanceof errors.JWTClaimValidationFailed)
    return new Problem('unauthorized', `the token is not for us: its '${error.claim}' is wrong`)
  const isOfToken = BAD_TOKENS.some((kind) => error instanceof kind)
  if (isOfToken) return new Problem('unauthorized', 'the token is not signed by its issuer')
  return new Problem('unavailable', 'the issuer of the token cannot be asked for its keys', [], {
    cause: error,
  })
}

const BAD_TOKENS = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTInvalid,
]

function actorOf(claims: JWTPayload, { rolesClaim, tenantClaim }: OidcOptions): Actor {
  const { sub, exp = 0 } = claims
  if (typeof sub !== 'string' || !SUBJECT.test(sub))
    throw new Problem('unauthorized', "the token is not for us: its 'sub' is wrong")
  const named = listOf(claimAt(claims, rolesClaim))
  const roles = ROLES.filter((role) => named.includes(role))
  // By the colon nobody is taken for the actor of one of our own tokens.
  const actor = { id: `oidc:${sub}`, expiresAt: Math.min(exp, LAST_S) * 1_000 }
  if (!roles.includes('tenant')) return { ...actor, roles }
  const tenant = claimAt(claims, tenantClaim)
  if (typeof tenant !== 'string' || !TENANT.test(tenant))
    throw new Problem('forbidden', `the token has the role tenant and names no tenant as '${tenantClaim}'`)
  // Whoever is a tenant sees its own and nothing else, whatever other roles the issuer gives.
  return { ...actor, roles: ['tenant'] satisfies Role[], tenant }
}

/** A claim by its name, or by the path that leads to it. */
function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((at, part) => {
    const isObject = typeof at === 'object' && at !== null && Object.hasOwn(at, part)
    return isObject ? (at as Readonly<Record<string, unknown>>)[part] : undefined
  }, claims)
}

function listOf(claim: unknown): readonly unknown[] {
  if (Array.isArray(claim)) return claim
  return typeof claim === 'string' ? claim.split(/[\s,]+/) : []
}
