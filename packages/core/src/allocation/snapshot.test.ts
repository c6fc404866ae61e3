import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aPool, aTenant, domains } from '../testing/scene.ts'
import { Allocator } from './allocator.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

/** A running and an evicted gang, one that has ended, failed and removed nodes, and an owner that has asked a borrower. */
function busyScene() {
  const scene = aPool([domains(6), domains(2, { acceleratorsPerNode: 4 })], {
    cpuCores: 16,
    tenants: [aTenant('owner', 40), aTenant('guest', 0, { borrowLimit: 48 })],
    noticeMinutes: 30,
  })
  scene.submit('done', { tenant: 'owner' })
  scene.finish('done')
  for (const id of ['a', 'b', 'c'])
    scene.submit(id, { tenant: 'guest', members: 2, each: 8, limitMinutes: 90, checkpointMinutes: 5 })
  scene.pass(12)
  scene.failNode(0)
  scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 7, nodes: 1 })
  scene.submit('big', { tenant: 'owner', members: 4, each: 8, limitMinutes: 60 })
  return scene
}

const BUSY = JSON.stringify(takeSnapshot(busyScene().allocator.state))

function busySnapshot(): Record<string, unknown> {
  return JSON.parse(BUSY)
}

describe('a snapshot', () => {
  test('is plain data that holds what the state holds', () => {
    const snapshot = takeSnapshot(busyScene().allocator.state)
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
    expect(snapshot.ended).toEqual(['done'])
    expect(snapshot.pools[0]).toMatchObject({
      failed: [{ first: 0, nodes: 1 }],
      removed: [{ first: 7, nodes: 1 }],
    })
    expect(snapshot.handOvers).toMatchObject([{ gangId: 'big', by: 42 * 60_000 }])
    expect(snapshot.gangs.find(({ evictions }) => evictions > 0)).toMatchObject({ keptMs: 10 * 60_000 })
  })

  test('is the same once it has been restored', () => {
    const snapshot = busySnapshot()
    const restored = restoreSnapshot(snapshot)
    expect(restored.ok && JSON.parse(JSON.stringify(takeSnapshot(restored.value)))).toEqual(snapshot)
  })

  test('of nothing restores to nothing', () => {
    const restored = restoreSnapshot(takeSnapshot(new Allocator().state))
    expect(restored.ok && restored.value.pools).toEqual([])
  })

  test('lets the owner have what it asked back before it was taken', () => {
    const scene = busyScene()
    const restored = restoreSnapshot(busySnapshot())
    if (!restored.ok) throw new Error('it can be restored')
    const resumed = new Allocator(undefined, restored.value)
    scene.pass(29)
    const due = resumed.nextWake()
    expect(due).toBe(scene.allocator.nextWake())
    if (due === undefined) throw new Error('something is due')
    const events = resumed.apply({ kind: 'wake' }, due)
    expect(events).toEqual(scene.allocator.apply({ kind: 'wake' }, due))
    expect(events).toContainEqual(expect.objectContaining({ kind: 'placed', gangId: 'big' }))
  })
})

describe('what cannot be restored is named', () => {
  test.each([[undefined], [null], ['text'], [7], [[]], [{ version: 2 }], [{ version: '1' }], [{}]])(
    '%j',
    (data) => {
      const restored = restoreSnapshot(data)
      const isObject = typeof data === 'object' && data !== null
      const version = isObject ? (data as { version?: unknown }).version : undefined
      const expected = isObject
        ? { code: 'unknownVersion', version }
        : { code: 'malformedSnapshot', path: [] }
      expect(restored).toEqual({ ok: false, problems: [expected] })
    },
  )

  test.each([
    ['a time that is none', ['now'], 'soon'],
    ['a negative notice', ['noticeMs'], -1],
    ['tenants that are no list', ['tenants'], {}],
    ['a quota of half an accelerator', ['tenants', 0, 'quotas', 0, 'accelerators'], 0.5],
    ['a parent that nobody is', ['tenants', 0, 'parent'], 'nobody', ['tenants']],
    ['groups without nodes', ['pools', 0, 'groups', 0, 'nodesPerDomain'], 0, ['pools', 0, 'groups']],
    ['a failed node that is not there', ['pools', 0, 'failed', 0, 'first'], 99, ['pools', 0, 'failed', 0]],
    ['a removed node that is not there', ['pools', 0, 'removed', 0, 'nodes'], 99, ['pools', 0, 'removed', 0]],
    ['a gang without roles', ['gangs', 0, 'gang', 'roles'], [], ['gangs', 0, 'gang']],
    ['a level that does not exist', ['gangs', 0, 'gang', 'roles', 0, 'within', 'level'], 'rack'],
    ['a number that was given before', ['gangs', 1, 'seq'], 1, ['gangs', 1, 'seq']],
    ['a name that was given before', ['gangs', 1, 'gang', 'id'], 'a', ['gangs', 1, 'gang']],
    [
      'a seat that is taken',
      ['gangs', 1, 'stay', 'parts', 0, 'runs', 0, 'first'],
      4,
      ['gangs', 2, 'stay', 'parts'],
    ],
    [
      'a seat beyond the last node',
      ['gangs', 1, 'stay', 'parts', 0, 'runs', 0, 'first'],
      7,
      ['gangs', 1, 'stay', 'parts'],
    ],
    [
      'fewer seats than members',
      ['gangs', 1, 'stay', 'parts', 0, 'runs', 0, 'nodes'],
      1,
      ['gangs', 1, 'stay', 'parts'],
    ],
    [
      'parts in no pool',
      ['gangs', 1, 'stay', 'parts', 0, 'poolId'],
      'nowhere',
      ['gangs', 1, 'stay', 'parts'],
    ],
    ['a start later than now', ['gangs', 1, 'stay', 'placedAt'], 1e9, ['now']],
    ['a number that is not given yet', ['nextSeq'], 2],
    ['an owner that is not there', ['handOvers', 0, 'gangId'], 'nobody'],
    ['a victim that waits', ['handOvers', 0, 'victims', 0], 'a'],
    ['an ended gang that waits', ['ended', 0], 'a'],
  ] as const)('%s', (_, path, value, at: readonly (string | number)[] = path) => {
    const snapshot = busySnapshot()
    change(snapshot, path, value)
    expect(restoreSnapshot(snapshot)).toEqual({
      ok: false,
      problems: [{ code: 'malformedSnapshot', path: [...at] }],
    })
  })

  test('whatever is put anywhere into a snapshot, it is restored or a problem is named, never a crash', () => {
    const paths = pathsOf(busySnapshot(), [])
    const anything = fc.oneof(
      fc.constantFrom(null, undefined, -1, 0, 1, 2, 0.5, 1e9, Number.NaN, '', 'a', 'main', true, [], {}),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const snapshot = busySnapshot()
        change(snapshot, path, value)
        const restored = restoreSnapshot(snapshot)
        if (!restored.ok) expect(restored.problems).toHaveLength(1)
        else new Allocator(undefined, restored.value).apply({ kind: 'wake' }, restored.value.now)
      }),
      { numRuns: 500 },
    )
  })
})

type Container = Record<string | number, unknown>

function change(data: unknown, path: readonly (string | number)[], value: unknown): void {
  let at = data as Container
  for (const step of path.slice(0, -1)) at = at[step] as Container
  at[path.at(-1) ?? ''] = value
}

function pathsOf(data: unknown, path: readonly (string | number)[]): (readonly (string | number)[])[] {
  if (typeof data !== 'object' || data === null) return [path]
  const keys = Array.isArray(data) ? [...data.keys()] : Object.keys(data)
  const below = keys.flatMap((key) => pathsOf((data as Container)[key], [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}
