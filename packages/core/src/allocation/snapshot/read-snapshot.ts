import type { Path } from '../../base/path.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import {
  amount,
  count,
  type Form,
  finite,
  flag,
  listOf,
  oneOf,
  pair,
  positive,
  record,
  text,
  thousandths,
} from './form.ts'
import { MONEY, SPENDING } from './money-snapshot.ts'
import { SNAPSHOT_VERSION, type Snapshot } from './snapshot-data.ts'
import { WINDOWS } from './window-snapshot.ts'

export type SnapshotProblem =
  | { readonly code: 'unknownVersion'; readonly version: unknown }
  /** `path` leads to what is not as a snapshot has it, or does not fit the rest of it. */
  | { readonly code: 'malformedSnapshot'; readonly path: Path }

/** Data of the form that a snapshot has; whether its parts fit together is not asked. */
export function readSnapshot(data: unknown): Result<Snapshot, SnapshotProblem> {
  if (typeof data !== 'object' || data === null) return failed({ code: 'malformedSnapshot', path: [] })
  const { version } = data as { readonly version?: unknown }
  if (version !== SNAPSHOT_VERSION) return failed({ code: 'unknownVersion', version })
  const path = SNAPSHOT(data, [])
  return path ? failed({ code: 'malformedSnapshot', path }) : ok(data as Snapshot)
}

const ROLE = record({
  name: text,
  members: count,
  acceleratorsPerMember: count,
  'acceleratorMilliPerMember?': count,
  cpuCoresPerMember: thousandths,
  'memoryMiBPerMember?': count,
  accepts: listOf(record({ hardware: text, speed: finite })),
  within: record({ level: oneOf('node', 'domain', 'block', 'pool'), required: flag }),
  'elastic?': record({
    sizes: listOf(record({ members: count, speed: finite })),
    restarts: flag,
    settleMs: count,
  }),
})

const GANG = record({
  id: text,
  tenant: text,
  'name?': text,
  priority: finite,
  roles: listOf(ROLE),
  'limitMs?': count,
  'checkpointMs?': count,
  restartMs: count,
  reclaimable: flag,
  'spread?': record({
    group: text,
    over: oneOf('provider', 'region', 'pool', 'domain'),
    'atMost?': finite,
    'distinct?': count,
  }),
  'window?': text,
  'spending?': SPENDING,
  'movable?': oneOf('pool', 'provider', 'any'),
})

const RUNS = listOf(
  record({
    first: count,
    nodes: count,
    each: count,
    'milli?': count,
    'slot?': count,
    'cpuMilli?': count,
    'memoryMiB?': count,
  }),
)

const PARTS: Form = listOf(
  record({
    role: text,
    poolId: text,
    runs: RUNS,
    cpuCores: count,
  }),
)

const CHANGES = record({
  since: finite,
  loadMs: count,
  loadedMs: count,
  openMs: amount,
  clockMs: count,
  grown: RUNS,
})

const TENANT = record({
  id: text,
  name: text,
  'parent?': text,
  quotas: listOf(record({ pool: text, accelerators: count })),
  'borrowLimit?': count,
  'weight?': positive,
})

const ASKED_KIND = record({
  need: record({ accelerators: count, milli: count, cpuMilli: count, memoryMiB: count }),
  members: count,
  hardware: listOf(text),
  count,
  known: count,
})

const STRETCHES = listOf(record({ first: count, nodes: count }))

const UPKEEP = record({
  'sparesPerDomain?': count,
  'offenders?': record({ failures: count, withinMs: count, keepOutForMs: count }),
})

const POOL = record({
  pool: record({ id: text, provider: text, region: text, hardware: text, fabric: text, 'upkeep?': UPKEEP }),
  groups: listOf(
    record({
      domains: count,
      nodesPerDomain: count,
      acceleratorsPerNode: count,
      domainsPerBlock: count,
      'cpuCoresPerNode?': thousandths,
      'memoryMiBPerNode?': count,
      'continuesBlock?': flag,
    }),
  ),
  cpuCores: count,
  failed: STRETCHES,
  removed: STRETCHES,
  'spare?': STRETCHES,
  'slow?': listOf(listOf(finite)),
})

/** A tenant's average of a pool, and when it was worked out. */
const AVERAGE: Form = (value, path) => {
  if (!Array.isArray(value) || value.length !== 4) return path
  const forms = [text, text, positive, finite]
  for (const [n, form] of forms.entries()) {
    const wrong = form(value[n], [...path, n])
    if (wrong) return wrong
  }
  return undefined
}

const SNAPSHOT = record({
  'now?': finite,
  noticeMs: count,
  nextSeq: count,
  tenants: listOf(TENANT),
  pools: listOf(POOL),
  gangs: listOf(
    record({
      gang: GANG,
      seq: count,
      submittedAt: finite,
      evictions: count,
      keptMs: amount,
      'servedMs?': count,
      'expectedMs?': count,
      'taughtLevel?': count,
      'resizes?': count,
      'stay?': record({ placedAt: finite, parts: PARTS, borrowed: thousandths, 'changes?': CHANGES }),
    }),
  ),
  handOvers: listOf(record({ gangId: text, parts: PARTS, by: finite, victims: listOf(text) })),
  ended: listOf(text),
  'turns?': record({
    rules: record({ 'shareHalfLifeMs?': count, 'priorityAgingMs?': count }),
    averages: listOf(AVERAGE),
  }),
  'durations?': listOf(pair(text, record({ reached: listOf(positive), ended: listOf(positive) }))),
  'windows?': WINDOWS,
  'windowsGone?': listOf(text),
  'money?': MONEY,
  'offenders?': listOf(
    record({ poolId: text, node: count, failures: listOf(finite), 'keptOutUntil?': finite }),
  ),
  'outages?': listOf(
    record({
      id: text,
      of: record({
        kind: oneOf('provider', 'pool', 'domain', 'nodes'),
        'provider?': text,
        'region?': text,
        'poolId?': text,
        'domain?': count,
        'firstNode?': count,
        'nodes?': count,
      }),
      'by?': finite,
    }),
  ),
  'mix?': record({ sharesOut: flag, kinds: listOf(ASKED_KIND) }),
})
