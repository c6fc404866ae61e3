import { describe, expect, test } from 'vitest'
import { preferred, required } from '../testing/gang.ts'
import { aPool, domains, Scene } from '../testing/scene.ts'

/** Two blocks of two domains of two nodes of four; one accelerator short everywhere but in the last domain. */
function aWornPool(...whole: readonly number[]) {
  const scene = aPool([domains(4, { nodesPerDomain: 2, acceleratorsPerNode: 4, domainsPerBlock: 2 })])
  for (let node = 0; node < 8; node++) scene.submit(`whole ${node}`, { each: 4, within: required('node') })
  for (let node = 0; node < 8; node++) scene.finish(`whole ${node}`)
  const fillers = Array.from({ length: 8 }, (_, node) => `filler ${node}`)
  for (const id of fillers) scene.submit(id, { each: 4 })
  for (const node of whole) scene.finish(`filler ${node}`)
  return scene
}

describe('best fit', () => {
  test('a gang takes the fullest domain that holds it, not the emptiest', () => {
    const scene = aPool([domains(3)])
    scene.submit('five', { members: 5 })
    scene.submit('six', { members: 6 })
    scene.submit('two', { members: 2 })
    expect(scene.seats('six')).toEqual({ 'main#1': 6 })
    expect(scene.seats('two')).toEqual({ 'main#1': 2 })
  })

  test('within a domain it takes the fullest node that holds it', () => {
    const scene = aPool([domains(1, { nodesPerDomain: 3 })])
    scene.submit('a', { each: 3 })
    scene.submit('b', { each: 6 })
    scene.submit('c', { each: 2 })
    expect(scene.seats('b')).toEqual({ 'main#1': 6 })
    expect(scene.seats('c')).toEqual({ 'main#1': 2 })
  })

  test('the lowest number wins among equals', () => {
    const scene = aPool([domains(3)])
    scene.submit('first', { each: 8 })
    scene.submit('second', { each: 8 })
    scene.finish('first')
    scene.submit('third', { each: 8 })
    expect(scene.nodes('third')).toEqual([0])
  })

  test('a small gang does not break a whole domain while a partial one fits', () => {
    const scene = aPool([domains(2, { nodesPerDomain: 4 })])
    scene.submit('some', { members: 2, each: 8 })
    scene.submit('small', { members: 2, each: 8 })
    expect(scene.nodes('small')).toEqual([2, 3])
  })

  test('on a node that is in part taken, a member sits only where all of it fits', () => {
    const scene = aPool([domains(2)])
    scene.submit('five', { each: 5 })
    scene.submit('six', { each: 6 })
    scene.submit('pair', { members: 2, each: 3 })
    expect(scene.waiting()).toEqual(['pair'])
    scene.finish('six')
    expect(scene.seats('pair')).toEqual({ 'main#1': 6 })
  })

  test('what does not fit one domain takes whole ones, and its rest the fullest that holds that', () => {
    const scene = aPool([domains(4)])
    scene.submit('three', { members: 3 })
    scene.submit('twenty', { members: 20 })
    expect(scene.seats('twenty')).toEqual({ 'main#0': 4, 'main#1': 8, 'main#2': 8 })
  })
})

describe('blocks', () => {
  test('a large gang takes as few blocks as possible', () => {
    const scene = aPool([domains(4, { domainsPerBlock: 2 }), domains(4, { domainsPerBlock: 4 })])
    scene.submit('one', { each: 8 })
    scene.submit('six', { members: 6, each: 8 })
    expect(scene.nodes('six')).toEqual([4, 5, 6, 7, 2, 3])
  })

  test('the last block that a large gang touches is the one that its rest fits closest', () => {
    const scene = aPool([3, 4, 2].map((count) => domains(count)))
    scene.submit('six', { members: 6, each: 8 })
    expect(scene.nodes('six')).toEqual([3, 4, 5, 6, 7, 8])
  })

  test('a gang that fits in one block takes the one that it leaves fullest', () => {
    const scene = aPool([domains(4, { domainsPerBlock: 4 }), domains(2, { domainsPerBlock: 2 })])
    scene.submit('two', { members: 2, each: 8 })
    expect(scene.nodes('two')).toEqual([4, 5])
  })

  test('a domain that joins the block before it counts to that', () => {
    const scene = aPool([
      domains(1, { domainsPerBlock: 2 }),
      domains(2, { domainsPerBlock: 1, continuesBlock: true }),
    ])
    scene.submit('block', { members: 3, each: 8, within: required('block') })
    expect(scene.running()).toEqual([])
    scene.submit('pair', { members: 2, each: 8, within: required('block') })
    expect(scene.running()).toEqual(['pair'])
  })
})

const LEVELS: readonly ['domain' | 'block', number, readonly number[], readonly number[]][] = [
  ['domain', 2, [0, 2], [4, 5]],
  ['block', 4, [0, 3, 4, 7], [0, 1, 2, 3]],
]

describe.each(LEVELS)('members that must share a %s', (level, nodes, apart, together) => {
  test('wait while the room for them lies apart', () => {
    const scene = aWornPool(...apart)
    scene.submit('needs', { members: nodes, each: 4, within: required(level) })
    expect(scene.waiting()).toEqual(['needs'])
  })

  test('start as soon as one has room for all of them', () => {
    const scene = aWornPool(...together)
    scene.submit('needs', { members: nodes, each: 4, within: required(level) })
    expect(scene.nodes('needs').sort()).toEqual(together)
  })

  test('start apart where they would only like to share one', () => {
    const scene = aWornPool(...apart)
    scene.submit('would like', { members: apart.length, each: 4, within: preferred(level) })
    expect(scene.nodes('would like').sort()).toEqual(apart)
  })

  test('share one where there is room, also if they only would like to', () => {
    const scene = aWornPool(...together, ...apart.filter((node) => !together.includes(node)))
    scene.submit('would like', { members: nodes, each: 4, within: preferred(level) })
    const home = new Set(scene.nodes('would like').map((node) => unitOf(level, node)))
    expect(home.size).toBe(1)
  })
})

test('members that must share a node wait for one; those that would like to are spread', () => {
  const scene = aPool([domains(2)])
  scene.submit('left', { members: 6 })
  scene.submit('right', { members: 6 })
  scene.submit('needs', { members: 4, within: required('node') })
  expect(scene.waiting()).toEqual(['needs'])
  scene.cancel('needs')
  scene.submit('would like', { members: 4, within: preferred('node') })
  expect(scene.seats('would like')).toEqual({ 'main#0': 2, 'main#1': 2 })
})

test('members that need no more than one pool never lie in two', () => {
  const scene = new Scene({ pools: { left: { nodes: [domains(1)] }, right: { nodes: [domains(1)] } } })
  for (const within of [required('pool'), preferred('pool')])
    scene.submit(`${within.required}`, { members: 9, within })
  expect(scene.running()).toEqual([])
})

function unitOf(level: 'domain' | 'block', node: number): number {
  return Math.floor(node / (level === 'domain' ? 2 : 4))
}
