import { expect, test } from 'vitest'
import { domains } from '../../testing/scene.ts'
import { FreeIndex } from '../free-index.ts'
import type { MemberNeed } from './member-need.ts'
import { NodeRoom } from './node-room.ts'
import { runsFor } from './runs-for.ts'

function roomOf(acceleratorsPerNode: number): NodeRoom {
  const groups = [domains(2, { acceleratorsPerNode, cpuCoresPerNode: 8 })]
  const index = new FreeIndex()
  index.add(groups)
  return new NodeRoom(index, groups)
}

const THIRD: MemberNeed = { accelerators: 0, milli: 300, cpuMilli: 500, memoryMiB: 7 }

test('members take the tightest remnants that hold them, and open no accelerator while one does', () => {
  const room = roomOf(4)
  const shares = [500, 650, 300].map((milli, slot) => ({ first: 0, nodes: 1, each: 0, slot, milli }))
  room.hold(shares, 1)
  const two = runsFor(room, THIRD, [{ node: 0, members: 2 }])
  expect(two.map(({ slot }) => slot)).toEqual([0, 1])
  expect(runsFor(room, THIRD, [{ node: 0, members: 5 }])).toEqual([
    { first: 0, nodes: 1, each: 0, cpuMilli: 500, slot: 0, milli: 300 },
    { first: 0, nodes: 1, each: 0, cpuMilli: 500, slot: 1, milli: 300 },
    { first: 0, nodes: 1, each: 0, cpuMilli: 1000, slot: 2, milli: 600 },
    { first: 0, nodes: 1, each: 0, cpuMilli: 500, slot: 3, milli: 300 },
  ])
})

test('neighbours that take the same are one run', () => {
  const whole: MemberNeed = { accelerators: 2, milli: 0, cpuMilli: 1000, memoryMiB: 0 }
  const seated = [0, 1].map((node) => ({ node, members: 2 }))
  expect(runsFor(roomOf(4), whole, seated)).toEqual([{ first: 0, nodes: 2, each: 4, cpuMilli: 2000 }])
})
