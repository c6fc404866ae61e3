import type { KnownNames } from '../../parts/editor/yaml-suggestions.ts'

/** A service to begin with, of names that are there. */
export function exampleService({ tenant = [], hardware = [] }: KnownNames, of: string | undefined): string {
  const there = hardware.filter((name) => name !== 'slot')
  return `tenant: ${of ?? tenant.at(-1) ?? 'my-team'}
replicas: 2
replica:
  acceleratorsPerMember: 1
  accepts: [${(there.length > 0 ? there.slice(0, 2) : ['h100']).join(', ')}]
  warmUp: 1m
  drain: 1m
`
}
