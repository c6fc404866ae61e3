import { expect, test } from 'vitest'
import { poolOf } from '../capacity/pool.ts'
import type { Role } from '../demand/gang.ts'
import { EmptyFleet } from './empty-fleet.ts'

const H100 = {
  pool: poolOf({ provider: 'own', region: 'r', hardware: 'h100', fabric: 'default' }),
  groups: [{ domains: 4, nodesPerDomain: 2, acceleratorsPerNode: 8, domainsPerBlock: 2 }],
  cpuCores: 64,
}
const FLEET = new EmptyFleet([H100])

function role(members: number, acceleratorsPerMember: number, more: Partial<Role> = {}): Role {
  return {
    name: 'worker',
    members,
    acceleratorsPerMember,
    cpuCoresPerMember: 0,
    accepts: [{ hardware: 'h100', speed: 1 }],
    within: { level: 'pool', required: true },
    ...more,
  }
}

test.each([
  ['node', 1],
  ['domain', 2],
  ['block', 4],
  ['pool', 8],
] as const)('within one %s it holds %d nodes, and not one more', (level, nodes) => {
  const within = { level, required: true }
  expect(FLEET.holds([role(nodes, 8, { within })])).toBe(true)
  expect(FLEET.holds([role(nodes + 1, 8, { within })])).toBe(false)
  const wish = { level, required: false }
  expect(FLEET.holds([role(nodes + 1, 8, { within: wish })])).toBe(nodes < 8)
})

test('cores are counted, and roles compete for what there is', () => {
  const sandbox = (members: number): Role => role(members, 0, { name: 'sandbox', cpuCoresPerMember: 4 })
  expect(FLEET.holds([role(8, 8), sandbox(16)])).toBe(true)
  expect(FLEET.holds([role(8, 8), sandbox(17)])).toBe(false)
  expect(FLEET.holds([role(5, 8), role(4, 8, { name: 'other' })])).toBe(false)
})

test('what accepts other hardware finds none', () => {
  const elsewhere = role(1, 1, { accepts: [{ hardware: 'gb200', speed: 1 }] })
  expect([FLEET.hasHardwareFor([elsewhere]), FLEET.holds([elsewhere])]).toEqual([false, false])
  expect(FLEET.hasHardwareFor([role(99, 8)])).toBe(true)
})
