import { expect, test } from 'vitest'
import { decisionsPerSecond } from './diagnosis.ts'

/** As Slurm 22.05 prints it, shortened. */
const SDIAG = `
Jobs submitted: 60
Jobs started:   60
Jobs completed: 60

Main schedule statistics (microseconds):
	Last cycle:   13
	Max cycle:    8757
	Total cycles: 10
	Mean cycle:   1600
	Mean depth cycle:  28

Backfilling stats
	Total backfilled jobs (since last slurm start): 16
	Total cycles: 2
	Last cycle: 3865
	Mean cycle: 4000
`

test('jobs started are set against the time of both schedulers', () => {
  expect(decisionsPerSecond(SDIAG)).toBe(60 / 0.024)
})

test('a scheduler that has not run yet took no time', () => {
  expect(decisionsPerSecond(SDIAG.split(/(?<=Backfilling stats\n)/)[0] ?? '')).toBe(60 / 0.016)
})

test('output that says nothing of it is an error and not a rate', () => {
  expect(() => decisionsPerSecond('slurm_load: Unable to contact slurm controller')).toThrow('says nothing')
})
