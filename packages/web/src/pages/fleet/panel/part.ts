/** What of a pool is drained, failed or returned: a node, a domain, or all of it. */
export interface Part {
  readonly pool: string
  readonly node?: number
  readonly domain?: number
}

/** As it is sent. */
export function partBody({ node, domain }: Part): {
  readonly nodes?: { readonly first: number; readonly count: number }
  readonly domain?: number
} {
  if (node !== undefined) return { nodes: { first: node, count: 1 } }
  return domain === undefined ? {} : { domain }
}

export function partText({ pool, node, domain }: Part): string {
  if (node !== undefined) return `node ${node} of ${pool}`
  return domain === undefined ? pool : `domain ${domain} of ${pool}`
}

/** Some names, and how many more there are. */
export function someOf(names: readonly string[], most = 5): string {
  const rest = names.length - most
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ')
}

export function jobsText(jobs: readonly string[]): string {
  return jobs.length === 1 ? '1 job' : `${jobs.length} jobs`
}
