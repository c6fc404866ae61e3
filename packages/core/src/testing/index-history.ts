import type { NodeRun } from '../allocation/events.ts'
import { FreeIndex } from '../allocation/free-index.ts'
import { choose, type PlacementNeed } from '../allocation/placement.ts'
import { type Prng, prng } from '../base/prng.ts'
import type { NodeGroup } from '../capacity/topology.ts'

interface SlowNode {
  readonly domain: number
  readonly block: number
  readonly size: number
  held: number
  state: 'online' | 'failed' | 'retired'
}

/**
 * Plays so many steps on a small pool, drawn from the seed: gangs come and go, nodes fail, return and are taken away. Each
 * choice is held to what a look at every node says, in plain loops. Returns the first thing that is wrong.
 */
export function playIndexHistory(seed: number, steps: number): string | undefined {
  const chance = prng(seed)
  const group = drawGroup(chance)
  const index = new FreeIndex()
  index.add([group])
  const nodes = nodesOf(group)
  const held: (readonly NodeRun[])[] = []
  for (let step = 0; step < steps; step++) {
    const wrong = playStep(chance, { group, index, nodes, held })
    if (wrong !== undefined) return `seed ${seed}, step ${step}: ${wrong}`
  }
  return undefined
}

interface Scene {
  readonly group: NodeGroup
  readonly index: FreeIndex
  readonly nodes: SlowNode[]
  readonly held: (readonly NodeRun[])[]
}

function drawGroup(chance: Prng): NodeGroup {
  const group = {
    domains: 1 + chance.below(12),
    nodesPerDomain: 1 + chance.below(chance.below(4) === 0 ? 40 : 6),
    acceleratorsPerNode: 1 + chance.below(8),
    domainsPerBlock: 1 + chance.below(4),
  }
  return group
}

function nodesOf({ domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock }: NodeGroup): SlowNode[] {
  return Array.from({ length: domains * nodesPerDomain }, (_, n) => {
    const domain = Math.floor(n / nodesPerDomain)
    const block = Math.floor(domain / domainsPerBlock)
    return { domain, block, size: acceleratorsPerNode, held: 0, state: 'online' as const }
  })
}

function playStep(chance: Prng, scene: Scene): string | undefined {
  const { index, nodes, held } = scene
  const kind = chance.below(100)
  if (kind < 4) return changeNode(chance, scene)
  if (kind < 48 && held.length > 0) {
    const [gone = []] = held.splice(chance.below(held.length), 1)
    index.give(gone)
    for (const { first, nodes: count, each } of gone)
      for (let n = first; n < first + count; n++) (nodes[n] as SlowNode).held -= each
    return wrongCounts(scene)
  }
  const need = drawNeed(chance, scene.group)
  const found = choose(index, need)
  const runs = index.chosen.toRuns()
  const wrong = wrongChoice(scene, need, found ? runs : undefined)
  if (wrong !== undefined || !found) return wrong && `${JSON.stringify(need)}: ${wrong}`
  index.takeAll(index.chosen)
  for (const { first, nodes: count, each } of runs)
    for (let n = first; n < first + count; n++) (nodes[n] as SlowNode).held += each
  held.push(runs)
  return wrongCounts(scene)
}

function changeNode(chance: Prng, scene: Scene): string | undefined {
  const number = chance.below(scene.nodes.length)
  const node = scene.nodes[number] as SlowNode
  if (node.state === 'retired') return undefined
  if (chance.below(40) === 0) {
    scene.index.retire(number, 1)
    node.state = 'retired'
  } else {
    node.state = node.state === 'online' ? 'failed' : 'online'
    scene.index.setOnline(number, node.state === 'online')
  }
  return wrongCounts(scene)
}

function drawNeed(chance: Prng, { nodesPerDomain, acceleratorsPerNode }: NodeGroup): PlacementNeed {
  const each = chance.below(2) === 0 ? 1 : 1 + chance.below(acceleratorsPerNode)
  const domain = nodesPerDomain * acceleratorsPerNode
  const size =
    chance.below(3) === 0
      ? domain * (1 + chance.below(5))
      : Math.ceil(Math.exp(chance.next() * Math.log(3 * domain)))
  const levels = ['node', 'domain', 'block', 'pool'] as const
  const level = levels[chance.below(4)] ?? 'pool'
  return {
    members: Math.max(1, Math.floor(size / each)),
    each,
    within: { level, required: chance.below(2) === 0 },
  }
}

function freeOf({ size, held, state }: SlowNode): number {
  return state === 'online' ? size - held : 0
}

function wrongCounts({ index, nodes }: Scene): string | undefined {
  const byDomain: number[] = []
  let free = 0
  for (const [n, node] of nodes.entries()) {
    const here = freeOf(node)
    if (index.freeOf(n) !== here) return `node ${n} has ${here} free, not ${index.freeOf(n)}`
    byDomain[node.domain] = (byDomain[node.domain] ?? 0) + here
    free += here
  }
  for (const [d, here] of byDomain.entries())
    if (index.freeInDomain(d) !== here) return `domain ${d} has ${here} free, not ${index.freeInDomain(d)}`
  return index.free === free ? undefined : `the pool has ${free} free, not ${index.free}`
}

/** Seats for members of a size and free accelerators, by unit of a level. */
function unitsAt(nodes: readonly SlowNode[], level: PlacementNeed['within']['level'], each: number) {
  const units = new Map<number, { seats: number; free: number }>()
  for (const [n, node] of nodes.entries()) {
    const key = { node: n, domain: node.domain, block: node.block, pool: 0 }[level]
    const unit = units.get(key) ?? { seats: 0, free: 0 }
    unit.seats += Math.floor(freeOf(node) / each)
    unit.free += freeOf(node)
    units.set(key, unit)
  }
  return units
}

function wrongChoice(
  scene: Scene,
  need: PlacementNeed,
  runs: readonly NodeRun[] | undefined,
): string | undefined {
  const { nodes } = scene
  const { members, each, within } = need
  const fits = [...unitsAt(nodes, within.required ? within.level : 'pool', each).values()].some(
    ({ seats }) => seats >= members,
  )
  if (!runs) return fits ? 'there is room' : undefined
  if (!fits) return 'there is no room'
  const taken = new Map<number, number>()
  for (const { first, nodes: count, each: here } of runs)
    for (let n = first; n < first + count; n++) taken.set(n, (taken.get(n) ?? 0) + here)
  let sum = 0
  for (const [n, here] of taken) {
    if (here % each !== 0 || here > freeOf(nodes[n] as SlowNode)) return `node ${n} cannot give ${here}`
    sum += here
  }
  if (sum !== members * each) return `${sum} were taken`
  return wrongDomains(scene, need, taken) ?? wrongBlocks(scene, need, taken)
}

/** Where one domain holds all it is the fullest such one, and in it the fullest node that holds all. */
function wrongDomains(
  { nodes }: Scene,
  { members, each, within }: PlacementNeed,
  taken: ReadonlyMap<number, number>,
): string | undefined {
  const domains = unitsAt(nodes, 'domain', each)
  const holding = [...domains.values()].filter(({ seats }) => seats >= members)
  const asksForNode = within.level === 'node' && nodes.some((node) => freeOf(node) >= members * each)
  if (holding.length === 0 || asksForNode) return undefined
  const used = new Set([...taken.keys()].map((n) => (nodes[n] as SlowNode).domain))
  const [domain = -1] = used
  const least = Math.min(...holding.map(({ free }) => free))
  if (used.size > 1 || domains.get(domain)?.free !== least) return 'the fullest domain was not taken'
  const able = nodes.filter((node) => node.domain === domain && freeOf(node) >= members * each).map(freeOf)
  const [node = -1] = taken.keys()
  if (able.length > 0 && (taken.size > 1 || freeOf(nodes[node] as SlowNode) !== Math.min(...able)))
    return 'the fullest node was not taken'
  return undefined
}

/** Where one block holds all no second one is touched, and what wholly free domains can hold lies in as few as possible. */
function wrongBlocks(
  { group, nodes }: Scene,
  { members, each, within }: PlacementNeed,
  taken: ReadonlyMap<number, number>,
): string | undefined {
  if (within.level === 'node' && within.required) return undefined
  const used = new Set([...taken.keys()].map((n) => (nodes[n] as SlowNode).block)).size
  if ([...unitsAt(nodes, 'block', each).values()].some(({ seats }) => seats >= members))
    return used > 1 ? 'one block holds all' : undefined
  const perDomain = group.nodesPerDomain * Math.floor(group.acceleratorsPerNode / each)
  if (members % perDomain !== 0) return undefined
  const least = fewestBlocks(wholeByBlock(group, nodes), members / perDomain)
  return least !== undefined && used > least ? `${used} blocks were touched, ${least} suffice` : undefined
}

function wholeByBlock(group: NodeGroup, nodes: readonly SlowNode[]): number[] {
  const whole: number[] = []
  for (let domain = 0; domain < group.domains; domain++) {
    const own = nodes.filter((node) => node.domain === domain)
    const block = Math.floor(domain / group.domainsPerBlock)
    whole[block] = (whole[block] ?? 0) + (own.every((node) => freeOf(node) === node.size) ? 1 : 0)
  }
  return whole
}

/** By trying every set of blocks; nothing where all together do not suffice. */
function fewestBlocks(whole: readonly number[], wanted: number): number | undefined {
  let fewest: number | undefined
  for (let set = 0; set < 1 << whole.length; set++) {
    let [sum, size] = [0, 0]
    for (let block = 0; block < whole.length; block++) {
      if ((set & (1 << block)) === 0) continue
      sum += whole[block] ?? 0
      size += 1
    }
    if (sum >= wanted && (fewest === undefined || size < fewest)) fewest = size
  }
  return fewest
}
