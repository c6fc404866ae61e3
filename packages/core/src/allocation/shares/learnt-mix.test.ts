import { expect, test } from 'vitest'
import { aGang } from '../../testing/gang.ts'
import { LearntMix } from './learnt-mix.ts'
import type { MemberNeed } from './member-need.ts'

function podOf(need: MemberNeed, members: number) {
  return {
    cpuMilli: members * need.cpuMilli,
    accelerators: members * need.accelerators,
    milliEach: need.milli || 1000,
    models: -1,
    memoryMiB: 0,
  }
}

test('what is known changes when a quarter more has been asked for, and eight at least', () => {
  const mix = new LearntMix()
  const versions = Array.from({ length: 40 }, (_, n) => {
    mix.note(aGang(`g${n}`))
    return mix.version
  })
  expect([7, 8, 16, 24, 32, 40].map((asked) => versions[asked - 1])).toEqual([0, 1, 2, 3, 4, 5])
})

test('members that one node holds are one pod of the mix, others each their own', () => {
  const mix = new LearntMix()
  for (let n = 0; n < 8; n++) mix.note(aGang(`g${n}`, { members: 4, each: 2 }))
  expect(mix.podsOn('gpu', 8, podOf)).toMatchObject([{ kind: { accelerators: 8 }, count: 8 }])
  expect(mix.podsOn('gpu', 4, podOf)).toMatchObject([{ kind: { accelerators: 2 }, count: 32 }])
  expect(mix.podsOn('other', 8, podOf)).toEqual([])
})

test('it remembers a bounded number of kinds, those asked for most, and fades', () => {
  const mix = new LearntMix()
  for (let n = 0; n < 2000; n++) {
    mix.note(aGang(`often ${n}`, { each: 3 }))
    mix.note(aGang(`once ${n}`, { cpuCores: n + 1 }))
  }
  const kinds = mix.kinds()
  expect(kinds.length).toBeLessThanOrEqual(512)
  expect(kinds[0]).toMatchObject({ need: { accelerators: 3 } })
})

test('a mix that is restored goes on as the old one', () => {
  const mix = new LearntMix()
  for (let n = 0; n < 21; n++) mix.note(aGang(`g${n}`, { each: 1 + (n % 3) }))
  const restored = LearntMix.of(mix.kinds())
  for (let n = 0; n < 30; n++) {
    const gang = aGang(`h${n}`, { each: 1 + (n % 5) })
    mix.note(gang)
    restored.note(gang)
    expect(restored.kinds()).toEqual(mix.kinds())
  }
})
