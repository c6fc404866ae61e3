import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { aPool, domains, refusal, type Scene } from '../../testing/scene.ts'
import { takeSnapshot } from '../snapshot.ts'

function degrade(scene: Scene, node: number, speed: number) {
  return scene.tell({ kind: 'degradeNode', poolId: 'main', node, speed })
}

function endOf(scene: Scene, gangId: string): number {
  return (scene.allocator.state.gangs.get(gangId)?.expectedEnd ?? 0) / MINUTE_MS
}

describe('a slow node', () => {
  test('slows the gang that sits on it from then on, and what was done before counts as it was', () => {
    const scene = aPool([domains(1)])
    scene.submit('gang', { each: 8, limitMinutes: 100, checkpointMinutes: 10 })
    scene.pass(40)
    expect(degrade(scene, 0, 0.5)).toMatchObject([
      { kind: 'nodeDegraded', node: 0, speed: 0.5 },
      { kind: 'paceChanged', gangId: 'gang', speed: 0.5 },
    ])
    expect(endOf(scene, 'gang')).toBe(40 + 120)
    scene.pass(25)
    scene.failNode(0)
    // It saves by the clock: at 60 minutes it had done 40 at full and 20 at half its speed.
    expect(scene.events('evicted')).toMatchObject([{ keptMs: 50 * MINUTE_MS, lostMs: 5 * MINUTE_MS }])
  })

  test('that is fast again lets the gang go on at full speed', () => {
    const scene = aPool([domains(1)])
    scene.submit('gang', { each: 8, limitMinutes: 100 })
    degrade(scene, 0, 0.5)
    scene.pass(100)
    degrade(scene, 0, 1)
    expect(endOf(scene, 'gang')).toBe(150)
  })

  test('decides for a gang over several nodes: the slowest counts', () => {
    const scene = aPool([domains(3)])
    scene.submit('gang', { members: 3, each: 8, limitMinutes: 100 })
    degrade(scene, 0, 0.5)
    expect(degrade(scene, 1, 0.8)).toHaveLength(1)
    degrade(scene, 0, 1)
    expect(endOf(scene, 'gang')).toBe(125)
  })

  test('is passed over as long as whole ones suffice', () => {
    const scene = aPool([domains(3)])
    degrade(scene, 0, 0.5)
    scene.submit('first', { each: 8 })
    scene.submit('second', { each: 8 })
    expect([...scene.nodes('first'), ...scene.nodes('second')]).toEqual([1, 2])
    scene.submit('third', { each: 8, limitMinutes: 30 })
    expect(scene.nodes('third')).toEqual([0])
    expect(endOf(scene, 'third')).toBe(60)
  })

  test('is used by a gang that would not fit otherwise', () => {
    const scene = aPool([domains(2)])
    degrade(scene, 1, 0.9)
    scene.submit('both', { members: 2, each: 8 })
    expect(scene.nodes('both')).toEqual([0, 1])
  })

  test('lets nobody pass who would end too late on it', () => {
    const scene = aPool([domains(2)])
    scene.submit('runs', { each: 8, limitMinutes: 60 })
    degrade(scene, 1, 0.5)
    scene.submit('waits for both', { members: 2, each: 8 })
    scene.submit('too slow there', { each: 1, limitMinutes: 40 })
    scene.submit('short enough', { each: 1, limitMinutes: 30 })
    expect(scene.running()).toEqual(['runs', 'short enough'])
  })

  test('that failed is as slow when it is back', () => {
    const scene = aPool([domains(1)])
    degrade(scene, 0, 0.5)
    scene.failNode(0)
    scene.submit('gang', { limitMinutes: 30 })
    scene.returnNode(0)
    expect(endOf(scene, 'gang')).toBe(60)
  })
})

test.each<[string, string, number, number]>([
  ['malformed', 'a node that stands still', 0, 0],
  ['malformed', 'a node that is faster than its hardware', 0, 1.5],
  ['malformed', 'no speed', 0, Number.NaN],
  ['unknownNode', 'a node beyond the last', 9, 0.5],
  ['nodeAlreadySo', 'a node that is whole', 0, 1],
  ['nodeAlreadySo', 'the same speed again', 1, 0.5],
])('%s: %s is refused, and all stays as it was', (because, _, node, speed) => {
  const scene = aPool([domains(2)])
  degrade(scene, 1, 0.5)
  const before = JSON.stringify(takeSnapshot(scene.allocator.state))
  expect(refusal(degrade(scene, node, speed))).toBe(because)
  expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
})
