import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instant } from '../base/instant.ts'
import { fromChanges } from '../base/step-function.ts'
import { StepRecorder } from './step-recorder.ts'

it('records what adding all changes up at once gives', () => {
  const change = fc.record({ after: fc.nat(2), by: fc.integer({ min: -3, max: 3 }) })
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const recorder = new StepRecorder()
      let now = 0
      const dated = changes.map(({ after, by }) => {
        now += after
        return { at: instant(now), by }
      })
      for (const { at, by } of dated) recorder.change(at, by)
      expect(recorder.recorded()).toEqual(fromChanges(dated))
    }),
  )
})
