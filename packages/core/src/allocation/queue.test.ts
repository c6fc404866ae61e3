import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { type GangState, limitOf, newGangState } from './gang-state.ts'
import { ENDLESS } from './kind-line.ts'
import { WaitingQueue } from './queue.ts'
import { type Kind, kindOf, type Shape, Shapes } from './shape.ts'

const TENANTS = ['a', 'b', 'c']

const step = fc.oneof(
  fc.record({
    does: fc.constant('come' as const),
    tenant: fc.constantFrom(...TENANTS),
    priority: fc.integer({ min: 0, max: 1 }),
    hasRun: fc.boolean(),
    limitMs: fc.option(fc.nat(9), { nil: undefined }),
  }),
  fc.record({ does: fc.constant('leave' as const), which: fc.nat() }),
)

function arrival(shape: Shape, seq: number, { tenant, priority, hasRun, limitMs }: Arrival): GangState {
  const limit = limitMs === undefined ? {} : { limitMs }
  const gang = { id: `${seq}`, tenant, priority, roles: [], restartMs: 0, reclaimable: false, ...limit }
  const state = newGangState(gang, kindOf(shape, tenant), seq, 0 as Instant)
  if (hasRun) state.evictions = 1
  return state
}

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never
type Arrival = Extract<Step, { does: 'come' }>

function numbers(gangs: readonly GangState[]): number[] {
  return gangs.map(({ seq }) => seq)
}

function inOrder(waiting: readonly GangState[]): GangState[] {
  const hasRun = (gang: GangState): number => (gang.evictions > 0 ? 1 : 0)
  return [...waiting].sort(
    (a, b) => b.gang.priority - a.gang.priority || hasRun(b) - hasRun(a) || a.seq - b.seq,
  )
}

function queueAfter(steps: readonly Step[]): { readonly queue: WaitingQueue; readonly waiting: GangState[] } {
  const queue = new WaitingQueue()
  const shape = new Shapes().of([], [])
  let waiting: GangState[] = []
  steps.forEach((step, seq) => {
    const leaving = step.does === 'leave' ? waiting[step.which % Math.max(1, waiting.length)] : undefined
    if (leaving) {
      queue.remove(leaving)
      waiting = waiting.filter((other) => other !== leaving)
    } else if (step.does === 'come') {
      const gang = arrival(shape, seq, step)
      queue.add(gang)
      waiting.push(gang)
    }
  })
  return { queue, waiting }
}

const steps = fc.array(step, { minLength: 1, maxLength: 120, size: 'max' })

test('gangs are shown by priority, those that ran before first, then as they came', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const { queue, waiting } = queueAfter(steps)
      const shown: GangState[] = []
      queue.show({ isEnough: (gang) => shown.push(gang) < 0, boundOf: () => 0 })
      expect(numbers(shown)).toEqual(numbers(inOrder(waiting)))
      expect(numbers([...queue])).toEqual(numbers(inOrder(waiting)))
      expect(queue.size).toBe(waiting.length)
      expect(queue.kinds).toBe(new Set(waiting.map(({ kind }) => kind)).size)
    }),
  )
})

test('a gang is passed over once the bound of its kind has fallen to its limit, and nobody else is', () => {
  fc.assert(
    fc.property(steps, fc.array(fc.nat(9)), fc.boolean(), (steps, falls, leave) => {
      const { queue, waiting } = queueAfter(steps)
      const expected = new Bounds(falls)
      const wanted = inOrder(waiting).filter(
        (gang) =>
          (gang.evictions > 0 || Math.min(limitOf(gang), ENDLESS) < expected.of(gang.kind)) &&
          expected.fallAt(gang),
      )
      const bounds = new Bounds(falls)
      const shown: GangState[] = []
      queue.showBelow({
        boundOf: (kind) => bounds.of(kind),
        isEnough: (gang) => {
          shown.push(gang)
          bounds.fallAt(gang)
          if (leave) queue.remove(gang)
          return false
        },
      })
      expect(numbers(shown)).toEqual(numbers(wanted))
      const left = leave ? waiting.filter((gang) => !shown.includes(gang)) : waiting
      expect(numbers([...queue])).toEqual(numbers(inOrder(left)))
    }),
  )
})

/** The bound of each kind falls to the next of these when one of its gangs is shown. */
class Bounds {
  readonly #falls: readonly number[]
  readonly #bounds = new Map<Kind, number>()
  #n = 0

  constructor(falls: readonly number[]) {
    this.#falls = falls
  }

  of(kind: Kind): number {
    return this.#bounds.get(kind) ?? Number.POSITIVE_INFINITY
  }

  fallAt({ kind }: GangState): true {
    const next = this.#falls[this.#n++ % Math.max(1, this.#falls.length)] ?? Number.POSITIVE_INFINITY
    this.#bounds.set(kind, Math.min(this.of(kind), next))
    return true
  }
}
