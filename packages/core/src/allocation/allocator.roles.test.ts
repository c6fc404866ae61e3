import { expect, test } from 'vitest'
import { aRole, required } from '../testing/gang.ts'
import { aPool, aTenant, domains, Scene } from '../testing/scene.ts'

const TRAINER = aRole('trainer', { members: 4 })
const SANDBOX = aRole('sandbox', { members: 10, each: 0, cpuCores: 1 })

test('all roles start together or none does', () => {
  const scene = aPool([domains(1)])
  scene.submit('filler', { members: 2 })
  scene.submit('both', { roles: [TRAINER, aRole('rollout', { members: 4 })] })
  expect(scene.running()).toEqual(['filler'])
  scene.finish('filler')
  expect(scene.running()).toEqual(['both'])
})

test('the role that one node must hold is placed before small ones take its place', () => {
  const scene = aPool([domains(3)])
  scene.submit('three', { members: 3 })
  scene.submit('seven', { members: 7 })
  const whole = aRole('whole', { members: 8, within: required('node') })
  scene.submit('both', { roles: [aRole('small', { members: 6 }), whole] })
  expect(scene.seats('both')).toEqual({ 'main#0': 5, 'main#1': 1, 'main#2': 8 })
})

test('the roles of a gang sit in one pool where all accept it', () => {
  const pools = { left: { nodes: [domains(1)] }, right: { nodes: [domains(2)] } }
  const scene = new Scene({ pools })
  scene.submit('both', { roles: [aRole('trainer', { members: 6 }), aRole('rollout', { members: 6 })] })
  expect(Object.keys(scene.seats('both')).map((seat) => seat.split('#')[0])).not.toContain('left')
})

test('roles on different hardware start together, or not at all', () => {
  const pools = {
    gpus: { nodes: [domains(1)], hardware: 'gpu' },
    tpus: { nodes: [domains(1)], hardware: 'tpu' },
  }
  const scene = new Scene({ pools })
  scene.submit('filler', { members: 6, accepts: ['tpu'], limitMinutes: 30 })
  const roles = [TRAINER, aRole('rollout', { members: 4, accepts: ['tpu'] })]
  scene.submit('both', { roles })
  scene.submit('long', { members: 4 })
  scene.submit('long elsewhere', { members: 2, accepts: ['tpu'] })
  expect(scene.running()).toEqual(['filler'])
  scene.pass(30)
  scene.finish('filler')
  expect(scene.seats('both')).toEqual({ 'gpus#0': 4, 'tpus#0': 4 })
})

test('one waits for a role that no pool takes, and keeps nobody else waiting', () => {
  const scene = aPool([domains(1)])
  scene.submit('both', { roles: [TRAINER, aRole('rollout', { accepts: ['tpu'] })] })
  scene.submit('small', { members: 8 })
  expect(scene.running()).toEqual(['small'])
})

test('members that need no accelerator are counted against the cores of the pool', () => {
  const scene = aPool([domains(1)], { cpuCores: 15 })
  scene.submit('with sandbox', { roles: [TRAINER, SANDBOX] })
  scene.submit('another', { roles: [TRAINER, SANDBOX] })
  expect(scene.running()).toEqual(['with sandbox'])
  expect(scene.allocator.state.pool('main').cpuFree).toBe(5)
  scene.finish('with sandbox')
  expect(scene.running()).toEqual(['another'])
  scene.finish('another')
  expect(scene.allocator.state.pool('main').cpuFree).toBe(15)
})

test('the cores of members with accelerators come with their nodes', () => {
  const scene = aPool([domains(1)])
  scene.submit('trainer', { roles: [aRole('trainer', { members: 8, cpuCores: 64 })] })
  expect(scene.running()).toEqual(['trainer'])
})

test('more cores than there are keep nobody waiting but the gang that needs them', () => {
  const scene = aPool([domains(1)], { cpuCores: 9 })
  scene.submit('too many', { roles: [TRAINER, SANDBOX] })
  scene.submit('sandboxes', { roles: [aRole('sandbox', { members: 9, each: 0, cpuCores: 1 })] })
  scene.submit('trainer', { members: 8 })
  expect(scene.running()).toEqual(['sandboxes', 'trainer'])
})

test('what the roles of a gang borrow is summed over its pools', () => {
  const tenants = [aTenant('lab', { gpus: 4, tpus: 1 })]
  const pools = {
    gpus: { nodes: [domains(1)], hardware: 'gpu' },
    tpus: { nodes: [domains(1)], hardware: 'tpu' },
  }
  const scene = new Scene({ pools, tenants })
  scene.submit('both', {
    tenant: 'lab',
    roles: [aRole('trainer', { members: 6 }), aRole('rollout', { members: 4, accepts: ['tpu'] })],
  })
  expect(scene.events('placed')).toMatchObject([{ borrowed: 2 + 3 }])
})

test('a gang runs on the first hardware of its liking that has room', () => {
  const pools = {
    slow: { nodes: [domains(1)], hardware: 'slow' },
    fast: { nodes: [domains(1)], hardware: 'fast' },
  }
  const scene = new Scene({ pools })
  scene.submit('first', { members: 8, accepts: ['fast', 'slow'] })
  scene.submit('second', { members: 8, accepts: ['fast', 'slow'] })
  expect(scene.seats('first')).toEqual({ 'fast#0': 8 })
  expect(scene.seats('second')).toEqual({ 'slow#0': 8 })
})
