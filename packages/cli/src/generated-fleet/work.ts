/** A GB300 NVL72 rack: 18 nodes of 4 accelerators that share one fabric. */
export const PER_DOMAIN = 72
export const PER_NODE = 4
const NODES = PER_DOMAIN / PER_NODE

/** Work that draws jobs: sizes in nodes, and how much of the fleet it asks for on average. */
interface Drawn {
  readonly id: string
  readonly about: string
  readonly priority: number
  readonly shareOfFleet: number
  readonly nodes: readonly number[]
  readonly hours: readonly [number, number]
  readonly extra: readonly string[]
}

const DRAWN: readonly Drawn[] = [
  {
    id: 'pre-training',
    about: 'Large runs in whole racks.',
    priority: 80,
    shareOfFleet: 0.16,
    nodes: [32 * NODES, 64 * NODES, 128 * NODES, 512 * NODES],
    hours: [6, 30],
    extra: ['checkpoint: 10m', 'restart: 5m'],
  },
  {
    id: 'post-training',
    about: 'Reinforcement learning and fine-tuning.',
    priority: 50,
    shareOfFleet: 0.14,
    nodes: [2 * NODES, 4 * NODES, 8 * NODES, 16 * NODES],
    hours: [1, 10],
    extra: ['checkpoint: 30m', 'restart: 5m'],
  },
  {
    id: 'experiments',
    about: 'From a node to a few racks; what is no whole rack leaves fragments.',
    priority: 30,
    shareOfFleet: 0.12,
    nodes: [1, 2, 4, 6, 9, NODES, 2 * NODES],
    hours: [0.2, 6],
    extra: ['checkpoint: 1h', 'restart: 5m'],
  },
  {
    id: 'batch',
    about: 'Evaluation and synthetic data: owns nothing, and runs on what others leave idle.',
    priority: 10,
    shareOfFleet: 0.14,
    nodes: [1, 4, NODES, 4 * NODES],
    hours: [0.5, 5],
    extra: ['checkpoint: 15m', 'restart: 2m'],
  },
]

const SERVED = [
  { id: 'chat', shareOfFleet: 0.22, amplitude: '6%', peakHour: 17 },
  { id: 'api', shareOfFleet: 0.12, amplitude: '4%', peakHour: 18 },
  { id: 'agents', shareOfFleet: 0.06, amplitude: '12%', peakHour: 15 },
] as const

/** Who owns which part of all pools together; the rest is nobody's own. */
const OWNED = [
  { id: 'research', name: 'Research', share: 0.45 },
  { id: 'pre-training', name: 'Pre-training', parent: 'research', share: 0.2 },
  { id: 'post-training', name: 'Post-training', parent: 'research', share: 0.15 },
  { id: 'experiments', name: 'Experiments', parent: 'research', share: 0.08 },
  { id: 'product', name: 'Product', share: 0.45 },
  { id: 'chat', name: 'Chat', parent: 'product', share: 0.24 },
  { id: 'api', name: 'Programming interface', parent: 'product', share: 0.13 },
  { id: 'agents', name: 'Agents', parent: 'product', share: 0.06 },
  { id: 'batch', name: 'Evaluation and synthetic data', share: 0 },
] as const

/** The tenants, by lines of YAML, with what each owns of all pools together. */
export function tenantLines(domains: number): string[] {
  return OWNED.map((tenant) => {
    const parent = 'parent' in tenant ? `, parent: ${tenant.parent}` : ''
    const accelerators = Math.floor(domains * tenant.share) * PER_DOMAIN
    const quotas = accelerators > 0 ? `, quotas: [{ pool: '*', accelerators: ${accelerators} }]` : ''
    return `  - { id: ${tenant.id}, name: ${tenant.name}${parent}${quotas} }`
  })
}

/** Work that asks for most of so many domains. */
export function workText(domains: number): string {
  return `# Services follow the hour; a replica is one rack.
services:
${SERVED.map((service) => serviceText(service, domains)).join('')}
# What is asked for is a part of the fleet: jobs a day = accelerators asked for ÷ (mean size × mean length in days).
workloads:
${DRAWN.map((one) => workloadText(one, domains)).join('')}`
}

function serviceText(service: (typeof SERVED)[number], domains: number): string {
  const mean = Math.max(1, Math.round(domains * service.shareOfFleet))
  return `  - id: ${service.id}
    tenant: ${service.id}
    priority: 100
    replica: { members: ${NODES}, acceleratorsPerMember: ${PER_NODE}, accepts: [gb300-nvl72], within: domain, warmUp: 5m, drain: 5m }
    demand: { kind: daily, from: 2025-01-01, mean: ${mean}, amplitude: ${service.amplitude}, peakHour: ${service.peakHour} }
`
}

/** No job takes more than so much of the fleet. */
const LARGEST_SHARE = 1 / 8

function workloadText(work: Drawn, domains: number): string {
  const fits = work.nodes.filter((nodes) => nodes <= domains * NODES * LARGEST_SHARE)
  const nodes = fits.length > 0 ? fits : [1]
  // The larger, the rarer: each size takes as much of the fleet as any other.
  const weights = nodes.map((size) => 1 / size)
  const all = weights.reduce((a, b) => a + b, 0)
  const meanAccelerators = (nodes.length / all) * PER_NODE
  const [shortest, longest] = work.hours
  const meanDays = (shortest + longest) / 2 / 24
  const perDay = (work.shareOfFleet * domains * PER_DOMAIN) / (meanAccelerators * meanDays)
  return `  # ${work.about}
  - id: ${work.id}
    tenant: ${work.id}
    priority: ${work.priority}
    jobsPerDay: ${Number(perDay.toPrecision(4))}
    accepts: [gb300-nvl72]
    ${work.extra.join('\n    ')}
    statesLimit: true
    profile:
      id: ${work.id}
      source: 'generated: every size takes as much of the fleet as any other'
      sizes:
${sizeLines(nodes, weights).join('\n')}
      durations:
        - upToAccelerators: ${Math.max(...nodes) * PER_NODE}
          seconds: { at: [0, 1], values: [${shortest * 3_600}, ${longest * 3_600}] }
      gaps:
        - upToRate: 100
          gaps: { at: [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1], values: [0, 0.105, 0.288, 0.693, 1.386, 2.303, 4.605, 6.908] }
      hourOfDay: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
      dayOfWeek: [1, 1, 1, 1, 1, 1, 1]
`
}

const MILLIONTHS = 1_000_000

/** Shares in millionths that add up to 1 exactly. */
function sizeLines(nodes: readonly number[], weights: readonly number[]): string[] {
  const all = weights.reduce((a, b) => a + b, 0)
  const shares = weights.map((weight) => Math.round((weight / all) * MILLIONTHS))
  const rest = MILLIONTHS - shares.reduce((a, b) => a + b, 0)
  return nodes.map((size, n) => {
    const share = ((shares[n] ?? 0) + (n === 0 ? rest : 0)) / MILLIONTHS
    return `        - { accelerators: ${size * PER_NODE}, share: ${share} }`
  })
}
