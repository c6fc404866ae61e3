import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GangState } from './gang-state.ts'
import { RunningGangs } from './running-gangs.ts'

/** Many that end at the same moment, some that never do. */
const end = fc.oneof(fc.nat(50), fc.constant(Number.POSITIVE_INFINITY))
const step = fc.record({ leaves: fc.boolean(), which: fc.nat(), end })

function gang(seq: number, expectedEnd: number): GangState {
  return { seq, expectedEnd } as GangState
}

function inOrder(gangs: readonly GangState[]): GangState[] {
  return [...gangs].sort((a, b) =>
    a.expectedEnd === b.expectedEnd ? a.seq - b.seq : a.expectedEnd < b.expectedEnd ? -1 : 1,
  )
}

test('gangs are shown by their end, then by submission, whoever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
      const running = new RunningGangs()
      let known: GangState[] = []
      steps.forEach(({ leaves, which, end }, seq) => {
        const going = leaves ? known[which % Math.max(1, known.length)] : undefined
        if (going) {
          running.remove(going)
          known = known.filter((other) => other !== going)
        } else {
          const coming = gang(seq, end)
          running.add(coming)
          known.push(coming)
        }
        expect([...running]).toEqual(inOrder(known))
        expect(running.size).toBe(known.length)
      })
    }),
  )
})

test('thousands keep their order while chunks are cut and emptied', () => {
  const running = new RunningGangs()
  const known = Array.from({ length: 5_000 }, (_, seq) => gang(seq, (seq * 7_919) % 1_009))
  for (const each of known) running.add(each)
  expect([...running]).toEqual(inOrder(known))
  for (const each of known.slice(0, 4_900)) running.remove(each)
  expect([...running]).toEqual(inOrder(known.slice(4_900)))
})

test('one that does not run here cannot leave', () => {
  const running = new RunningGangs()
  running.add(gang(1, 10))
  expect(() => running.remove(gang(2, 10))).toThrow('a gang runs in the pools in which it holds something')
})
