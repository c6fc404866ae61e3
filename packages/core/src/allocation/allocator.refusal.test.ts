import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Tenant } from '../demand/tenant.ts'
import { aGang, aRole, type GangLike } from '../testing/gang.ts'
import { aPool, aTenant, domains, refusal, type Scene } from '../testing/scene.ts'
import type { Command } from './commands.ts'
import type { RefusalCause } from './events.ts'
import { takeSnapshot } from './snapshot.ts'

/** One gang ended, one running, one waiting for a hand-over, a failed and a removed node. */
function aBusyPool(): Scene {
  const tenants = [aTenant('owner', 8), aTenant('guest', 0)]
  const scene = aPool([domains(3)], { tenants, noticeMinutes: 30, cpuCores: 4 })
  scene.submit('over', { tenant: 'guest' })
  scene.finish('over')
  scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 2, nodes: 1 })
  scene.failNode(1)
  scene.submit('running', { tenant: 'guest', each: 8 })
  scene.submit('waiting', { tenant: 'owner', each: 8 })
  scene.pass(10)
  return scene
}

function submit(id: string, like: GangLike = {}): Command {
  return { kind: 'submit', gang: aGang(id, { tenant: 'guest', ...like }) }
}

function addNodes(group: Partial<NodeGroup>): Command {
  return { kind: 'addNodes', poolId: 'main', nodes: [domains(1, group)] }
}

function removeNodes(
  firstNode: number,
  nodes: number,
  more: { cpuCores?: number; poolId?: string } = {},
): Command {
  return { kind: 'removeNodes', poolId: 'main', firstNode, nodes, ...more }
}

function setTenants(tenants: readonly Tenant[], noticeMs = 0): Command {
  return { kind: 'setTenants', tenants, noticeMs }
}

const POOL = { provider: 'p', region: 'r', hardware: 'gpu', fabric: 'default' }

const REFUSED: readonly (readonly [RefusalCause, string, Command])[] = [
  ['duplicateGang', 'one that runs', submit('running')],
  ['duplicateGang', 'one that waits', submit('waiting')],
  ['duplicateGang', 'one that has ended', submit('over')],
  ['unknownTenant', 'a gang of nobody', submit('new', { tenant: 'nobody' })],
  ['malformed', 'no roles', submit('new', { roles: [] })],
  ['malformed', 'two roles of one name', submit('new', { roles: [aRole('a'), aRole('a')] })],
  ['malformed', 'no members', submit('new', { members: 0 })],
  ['malformed', 'half a member', submit('new', { members: 1.5 })],
  ['malformed', 'fewer than no accelerators', submit('new', { each: -1 })],
  ['malformed', 'members that need nothing', submit('new', { each: 0 })],
  ['malformed', 'more than can be counted', submit('new', { members: 100_000_000, each: 100_000_000 })],
  ['malformed', 'no hardware', submit('new', { accepts: [] })],
  ['malformed', 'no number as a limit', submit('new', { limitMinutes: Number.NaN })],
  ['malformed', 'no end as a limit', submit('new', { limitMinutes: Number.POSITIVE_INFINITY })],
  ['malformed', 'saves without a pause', submit('new', { checkpointMinutes: 0 })],
  ['malformed', 'a restart in no time at all', submit('new', { restartMinutes: -1 })],
  ['malformed', 'half a priority', submit('new', { priority: 0.5 })],
  [
    'malformed',
    'hardware that stands still',
    submit('new', { roles: [{ ...aRole('a'), accepts: [{ hardware: 'gpu', speed: 0 }] }] }),
  ],
  ['unknownGang', 'the end of nobody', { kind: 'cancel', gangId: 'nobody' }],
  ['unknownGang', 'success of nobody', { kind: 'finish', gangId: 'nobody' }],
  ['alreadyEnded', 'a second end', { kind: 'cancel', gangId: 'over' }],
  ['alreadyEnded', 'success after the end', { kind: 'finish', gangId: 'over' }],
  ['notRunning', 'success of one that waits', { kind: 'finish', gangId: 'waiting' }],
  ['duplicatePool', 'a second pool of a name', { kind: 'openPool', pool: { ...POOL, id: 'main' } }],
  ['malformed', 'a pool named as all pools', { kind: 'openPool', pool: { ...POOL, id: '*' } }],
  ['unknownPool', 'nodes of no pool', { kind: 'addNodes', poolId: 'none', nodes: [] }],
  ['malformed', 'an empty domain', addNodes({ nodesPerDomain: 0 })],
  ['malformed', 'an empty block', addNodes({ domainsPerBlock: 0 })],
  ['malformed', 'half a node', addNodes({ nodesPerDomain: 0.5 })],
  ['malformed', 'more nodes than can be counted', addNodes({ domains: 99_999, nodesPerDomain: 99_999 })],
  ['malformed', 'fewer than no cores', { kind: 'addNodes', poolId: 'main', nodes: [], cpuCores: -1 }],
  ['unknownPool', 'nodes taken from no pool', removeNodes(0, 1, { poolId: 'none' })],
  ['unknownNode', 'nodes beyond the last', removeNodes(2, 2)],
  ['malformed', 'no nodes at all', removeNodes(0, 0)],
  ['malformed', 'nodes before the first', removeNodes(-1, 1)],
  ['malformed', 'more cores than there are', removeNodes(0, 1, { cpuCores: 5 })],
  ['unknownPool', 'a failure in no pool', { kind: 'failNode', poolId: 'none', node: 0 }],
  ['unknownNode', 'a failure beyond the last node', { kind: 'failNode', poolId: 'main', node: 3 }],
  ['unknownNode', 'a failure of a node that is gone', { kind: 'failNode', poolId: 'main', node: 2 }],
  ['unknownNode', 'the return of a node that is gone', { kind: 'returnNode', poolId: 'main', node: 2 }],
  ['nodeAlreadyFailed', 'a second failure', { kind: 'failNode', poolId: 'main', node: 1 }],
  ['nodeNotFailed', 'the return of a node that is there', { kind: 'returnNode', poolId: 'main', node: 0 }],
  ['unknownTenant', 'a parent that is nobody', setTenants([aTenant('a', 0, { parent: 'nobody' })])],
  ['malformed', 'two tenants of one name', setTenants([aTenant('a', 0), aTenant('a', 1)])],
  [
    'malformed',
    'tenants in a circle',
    setTenants([aTenant('a', 0, { parent: 'b' }), aTenant('b', 0, { parent: 'a' })]),
  ],
  ['malformed', 'its own parent', setTenants([aTenant('a', 0, { parent: 'a' })])],
  ['malformed', 'a quota below nothing', setTenants([aTenant('a', -1)])],
  ['malformed', 'a limit that is no number', setTenants([aTenant('a', 1, { borrowLimit: Number.NaN })])],
  ['malformed', 'no end of notice', setTenants([], Number.POSITIVE_INFINITY)],
  [
    'malformed',
    'two quotas of one pool',
    setTenants([{ ...aTenant('a', 1), quotas: [...aTenant('a', 1).quotas, ...aTenant('a', 2).quotas] }]),
  ],
]

test.each(REFUSED)('%s: %s is refused, and all stays as it was', (because, _, command) => {
  const scene = aBusyPool()
  const before = JSON.stringify(takeSnapshot(scene.allocator.state))
  expect(refusal(scene.tell(command))).toBe(because)
  expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
  scene.pass(20)
  expect(scene.running()).toEqual(['waiting'])
})

test.each([
  ['timeRunsBackwards', -1],
  ['malformed', Number.NaN],
  ['malformed', Number.POSITIVE_INFINITY],
] as const)('%s: a command at %d is refused, and all stays as it was', (because, at) => {
  const scene = aBusyPool()
  const before = JSON.stringify(takeSnapshot(scene.allocator.state))
  expect(refusal(scene.allocator.apply({ kind: 'wake' }, at as Instant))).toBe(because)
  expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
})

test('a refusal names the command and what it was about', () => {
  const scene = aBusyPool()
  expect(scene.failNode(7)).toMatchObject([{ kind: 'refused', command: 'failNode', subject: 'main#7' }])
  expect(scene.cancel('nobody')).toMatchObject([{ kind: 'refused', command: 'cancel', subject: 'nobody' }])
})

test('nothing is wrong with a pool that gets no nodes, nor with tenants that own nothing', () => {
  const scene = aBusyPool()
  expect(scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [] })).toMatchObject([{ kind: 'nodesAdded' }])
  expect(scene.setTenants([])).toMatchObject([{ kind: 'tenantsSet' }, { kind: 'reclaimDropped' }, {}])
})
