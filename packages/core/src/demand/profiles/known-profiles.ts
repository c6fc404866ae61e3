import type { WorkloadProfile } from '../workload.ts'
import { MURI_2022 } from './muri-2022.ts'
import { PHILLY_2017 } from './philly-2017.ts'

/** The profiles that a workload may name. */
export const KNOWN_PROFILES: readonly WorkloadProfile[] = [PHILLY_2017, MURI_2022]
