import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { poolOf } from '../../capacity/pool.ts'
import { required } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal, Scene } from '../../testing/scene.ts'
import { BACKFILL } from '../policies/backfill.ts'
import type { MovePlan } from './move-plan.ts'
import { type OfferedPlan, planMoves } from './plan-moves.ts'

const MOVABLE = { movable: 'pool', limitMinutes: 600, checkpointMinutes: 10, restartMinutes: 2 } as const

function offered({ allocator, now }: Scene): OfferedPlan | undefined {
  const { state, policy } = allocator
  const promised = state.pools[0]?.reservation?.opening.start ?? Number.POSITIVE_INFINITY
  return planMoves({ state, policy, at: now }, () => promised)
}

function plan(scene: Scene): MovePlan {
  return offered(scene)?.plan ?? expect.fail('a plan is offered')
}

/** Two nodes of eight, half of each in use, and a gang that needs a whole one. */
function inPieces(more: object = {}, policy = BACKFILL): Scene {
  const scene = aPool([domains(2)], { policy })
  scene.submit('left', { each: 4, ...MOVABLE, ...more })
  scene.submit('gone', { each: 4, limitMinutes: 600 })
  scene.submit('right', { each: 4, ...MOVABLE })
  scene.finish('gone')
  scene.pass(13)
  scene.submit('large', { each: 8, limitMinutes: 60 })
  return scene
}

describe('a plan of moves', () => {
  it('lets a gang start at once for which there is room in pieces, and says what that saves and costs', () => {
    const scene = inPieces({ checkpointMinutes: 5 })
    expect(scene.waiting()).toEqual(['large'])
    const found = offered(scene)
    // It would start when the first of them ends. 'left' saved three minutes ago, and needs two to load that.
    expect(found?.plan.moves.map(({ gangId }) => gangId)).toEqual(['left'])
    expect(found?.saved).toBe((600 - 13) * MINUTE_MS * 8)
    expect(found?.lost).toBe((3 + 2) * MINUTE_MS * 4)
    scene.tell({ kind: 'move', plan: plan(scene) })
    expect(scene.running()).toEqual(['large', 'left', 'right'])
    expect(scene.events('moved')).toMatchObject([{ gangId: 'left', lostMs: 3 * MINUTE_MS }])
  })

  it('moves nobody more than that takes, and those first that lose least', () => {
    const scene = aPool([domains(4)])
    for (const n of [0, 1, 2, 3]) {
      scene.submit(`g${n}`, { each: n === 2 ? 3 : 4, ...MOVABLE })
      scene.submit(`filler${n}`, { each: n === 2 ? 5 : 4, limitMinutes: 1000 })
    }
    scene.finish('filler0', 'filler1', 'filler2', 'filler3')
    scene.pass(5)
    scene.submit('large', { each: 8, limitMinutes: 60 })
    expect(plan(scene).moves.map(({ gangId }) => gangId)).toEqual(['g2'])
  })

  it('clears a domain for a gang that must sit in one', () => {
    const scene = aPool([domains(3, { nodesPerDomain: 2, acceleratorsPerNode: 4 })])
    for (const n of [0, 1, 2]) {
      scene.submit(`stays${n}`, { members: 2, each: 2, limitMinutes: 900 })
      scene.submit(`goes${n}`, { each: 4, limitMinutes: 900, ...(n === 0 ? { movable: 'pool' } : {}) })
    }
    scene.finish('stays0')
    scene.finish('goes1')
    scene.submit('large', { members: 2, each: 4, within: required('domain'), limitMinutes: 10 })
    expect(scene.waiting()).toEqual(['large'])
    expect(plan(scene).moves.map(({ gangId }) => gangId)).toEqual(['goes0'])
    scene.tell({ kind: 'move', plan: plan(scene) })
    expect(scene.waiting()).toEqual([])
  })

  it('is offered for nobody behind one that waits for the same pool', () => {
    const scene = inPieces()
    scene.cancel('large')
    scene.submit('first', { members: 16, limitMinutes: 60 })
    scene.submit('behind', { each: 8, limitMinutes: 700 })
    expect(scene.waiting()).toEqual(['first', 'behind'])
    expect(offered(scene)).toBeUndefined()
  })

  it('is not offered where those who move would lose more', () => {
    const scene = inPieces({ checkpointMinutes: undefined })
    scene.finish('right')
    scene.submit('right', { each: 4, limitMinutes: 3 })
    scene.pass(1)
    expect(scene.waiting()).toEqual([])
    const dear = aPool([domains(2)])
    dear.submit('left', { each: 4, ...MOVABLE, restartMinutes: 300 })
    dear.submit('gone', { each: 4, limitMinutes: 600 })
    dear.submit('right', { each: 4, limitMinutes: 120 })
    dear.finish('gone')
    dear.submit('large', { each: 8, limitMinutes: 60 })
    expect(offered(dear)).toBeUndefined()
  })

  it.each([
    ['pool', ['north']],
    ['provider', ['north', 'north too']],
    ['any', ['north', 'north too', 'south']],
  ] as const)('goes as far as the permission %s', (movable, pools) => {
    const scene = new Scene({ pools: { north: { nodes: [domains(1)] }, south: {} } })
    const too = poolOf({ provider: 'north', region: 'elsewhere', hardware: 'gpu', fabric: 'default' })
    scene.tell({ kind: 'openPool', pool: { ...too, id: 'north too' } })
    scene.submit('mover', { each: 4, ...MOVABLE, movable })
    for (const poolId of ['north', 'north too', 'south'])
      if (pools.at(-1) === poolId || !pools.some((near) => near === poolId))
        scene.tell({ kind: 'addNodes', poolId, nodes: [domains(1, { acceleratorsPerNode: 4 })] })
    scene.submit('large', { each: 8, limitMinutes: 60 })
    const { state, policy } = scene.allocator
    const found = planMoves({ state, policy, at: scene.now }, () => 600 * MINUTE_MS)
    expect(found?.plan.moves[0]?.to[0]?.poolId).toBe(pools.at(-1))
  })

  it('moves nobody who was asked to give back what it borrows, or who said nothing', () => {
    const scene = inPieces({ movable: undefined })
    scene.finish('right')
    scene.submit('right', { each: 8, limitMinutes: 600 })
    expect(offered(scene)).toBeUndefined()
  })
})

describe('a command to move', () => {
  const STALE: readonly [string, (scene: Scene) => void, string][] = [
    ['starts otherwise', (scene) => scene.finish('right', 'left'), 'notWaiting'],
    ['finds its room taken', (scene) => scene.submit('small', { each: 2, limitMinutes: 1 }), 'roomIsTaken'],
    ['finds a node of it failed', (scene) => scene.failNode(1), 'malformed'],
  ]

  it.each(STALE)('is refused, and changes nothing, where one %s', (_, change, because) => {
    const scene = inPieces({ checkpointMinutes: 5 })
    const stale = plan(scene)
    change(scene)
    const before = JSON.stringify([scene.running(), scene.waiting(), scene.seats('left')])
    expect(refusal(scene.tell({ kind: 'move', plan: stale }))).toBe(because)
    expect(JSON.stringify([scene.running(), scene.waiting(), scene.seats('left')])).toBe(before)
  })

  it('is refused where somebody sits elsewhere by now, is unknown, twice in it, or may not be moved', () => {
    const scene = inPieces()
    const good = plan(scene)
    const [move] = good.moves
    if (!move) expect.fail('somebody moves')
    const told = (plan: MovePlan) => refusal(scene.tell({ kind: 'move', plan }))
    expect(told({ ...good, moves: [{ ...move, from: move.to }] })).toBe('hasMoved')
    expect(told({ ...good, moves: [{ ...move, gangId: 'nobody' }] })).toBe('unknownGang')
    expect(told({ ...good, gangId: 'nobody' })).toBe('unknownGang')
    expect(told({ ...good, moves: [move, move] })).toBe('malformed')
    expect(told({ ...good, parts: move.to })).toBe('malformed')
    expect(told({ ...good, moves: [] })).toBe('roomIsTaken')
    expect(told({ ...good, gangId: 'right' })).toBe('notWaiting')
    expect(told(good)).toBeUndefined()
  })

  it('is refused where who starts would borrow more than it may', () => {
    const tenants = [aTenant('lab', 16), aTenant('guest', 0, { borrowLimit: 8 })]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('left', { each: 4, tenant: 'guest', ...MOVABLE })
    scene.submit('gone', { each: 4, tenant: 'lab', limitMinutes: 600 })
    scene.submit('right', { each: 4, tenant: 'lab', ...MOVABLE })
    scene.finish('gone')
    scene.submit('large', { each: 8, tenant: 'guest', limitMinutes: 60 })
    expect(offered(scene)).toBeUndefined()
  })

  it('keeps what who moves had saved, and lets it go on from there', () => {
    const scene = inPieces({ checkpointMinutes: 5 })
    scene.tell({ kind: 'move', plan: plan(scene) })
    const left = scene.allocator.state.gangs.get('left')
    expect(left).toMatchObject({ keptMs: 10 * MINUTE_MS, loadMs: 2 * MINUTE_MS, since: 13 * MINUTE_MS })
    expect(left?.expectedEnd).toBe((13 + 2 + 600 - 10) * MINUTE_MS)
  })

  it('lets those shrink who have grown where it moves somebody', () => {
    const scene = inPieces({ checkpointMinutes: 5 })
    const good = plan(scene)
    scene.submit('grown', { members: 1, sizes: [1, 2, 3, 4], limitMinutes: 1 })
    scene.cancel('grown')
    scene.tell({ kind: 'move', plan: good })
    expect(scene.running()).toEqual(['large', 'left', 'right'])
  })
})

describe('a policy that moves gangs by itself', () => {
  it('does so where it pays, and only then', () => {
    const scene = inPieces({}, { ...BACKFILL, movesGangs: true })
    expect(scene.running()).toEqual(['large', 'left', 'right'])
    expect(scene.events('moved')).toHaveLength(1)
    expect(inPieces({ movable: undefined, restartMinutes: 0 }).events('moved')).toEqual([])
  })
})
