import { type Command, InvalidArgumentError, Option } from 'commander'
import { isOfThisMachine } from '../live/connection.ts'
import { wholeNumber } from './whole-number.ts'

/** Who is let in by `offtake serve` beside those with a token of its own, how much they may ask, and what is logged of it. */
export interface AccessOptions {
  readonly oidcIssuer?: string
  readonly oidcAudience?: string
  readonly oidcRolesClaim: string
  readonly oidcTenantClaim: string
  readonly requestsPerSecond: number
  readonly approvalAbove: number
  readonly logLevel: (typeof LEVELS)[number]
}

const MOST_ACCELERATORS = 1_000_000_000
const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export function addAccessOptions(command: Command): Command {
  return command
    .option('--oidc-issuer <url>', 'let in those who come with a token of this OpenID Connect issuer', issuer)
    .option('--oidc-audience <name>', 'what its tokens for this server name as audience')
    .option('--oidc-roles-claim <claim>', 'where its tokens list roles', 'offtake_roles')
    .option('--oidc-tenant-claim <claim>', 'where its tokens name the tenant', 'offtake_tenant')
    .option('--requests-per-second <number>', 'requests that are taken of one token', requests, 5_000)
    .option(
      '--approval-above <accelerators>',
      'of how many accelerators one person may change quotas, where there are two',
      wholeNumber(0, MOST_ACCELERATORS),
      0,
    )
    .addOption(
      new Option('--log-level <level>', 'from which level on lines of the log go to standard error')
        .choices(LEVELS)
        .default('warn'),
    )
}

/** The issuer that is trusted; nothing where none is. */
export function oidcOf(options: AccessOptions) {
  const { oidcIssuer, oidcAudience, oidcRolesClaim: rolesClaim, oidcTenantClaim: tenantClaim } = options
  if (oidcIssuer === undefined || oidcAudience === undefined) return {}
  return { oidc: { issuer: oidcIssuer, audience: oidcAudience, rolesClaim, tenantClaim } }
}

/** What is wrong with these options together. */
export function accessProblem({ oidcIssuer, oidcAudience }: AccessOptions): string | undefined {
  if ((oidcIssuer === undefined) === (oidcAudience === undefined)) return undefined
  return '--oidc-issuer and --oidc-audience go together: a token for somebody else lets nobody in'
}

function issuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isOfThisMachine(text))
  if (isSafe && url?.username === '' && url.search === '' && url.hash === '') return text
  throw new InvalidArgumentError('an address by https, or of this machine, without a user and a query')
}

function requests(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a whole number above 0')
}
