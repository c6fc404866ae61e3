import type { TraceFormat } from '@offtake/cli/files/traces/read-trace'
import { traceFleetOf } from '@offtake/cli/files/traces/trace-fleet'
import { instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import type { Measuring } from './measure-profile.ts'

/** A trace of which a profile is kept. */
export interface MeasuredTrace {
  /** Below the folder of real data. */
  readonly file: string
  readonly format: TraceFormat
  /** The constant that holds the profile. */
  readonly constant: string
  readonly measuring: Measuring
}

const PHILLY: MeasuredTrace = {
  file: 'philly/jobs.csv.gz',
  format: 'philly',
  constant: 'PHILLY_2017',
  measuring: {
    id: 'philly-2017',
    source:
      'measured from the Microsoft Philly trace (Jeon et al., USENIX ATC 2019), the eleven whole weeks from 2017-09-25, local time',
    span: { start: instant(Date.UTC(2017, 8, 25)), until: instant(Date.UTC(2017, 11, 11)) },
    hasCalendar: true,
  },
}

/** Its times count from the start of the trace, so it has no days and hours to measure a cycle from. */
const MURI: MeasuredTrace = {
  file: 'muri/trace2.csv',
  format: 'muri',
  constant: 'MURI_2022',
  measuring: {
    id: 'muri-2022',
    source:
      'measured from trace 2 of Muri (Zhao et al., SIGCOMM 2022), twelve weeks from day 11 on; no daily cycle is known',
    span: { start: instant(Date.UTC(1970, 0, 12)), until: instant(Date.UTC(1970, 3, 6)) },
    hasCalendar: false,
  },
}

export const MEASURED = [PHILLY, MURI] as const

/** Large enough for every job of the traces. */
export const LARGE_FLEET = traceFleetOf([
  {
    pool: poolOf({ provider: 'any', region: 'any', hardware: 'any', fabric: 'default' }),
    groups: [{ domains: 125_000, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 32 }],
    cpuCores: 0,
  },
])
