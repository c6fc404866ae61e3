import { count, thousandths } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const CORES_MOST = 999_999
const MEMORY_MIB_MOST = 999_999_999

/** What a node has, or a member takes, beside accelerators. */
export const cpuCores = plainFigure(thousandths({ to: CORES_MOST }))
export const memoryMiB = plainFigure(count({ to: MEMORY_MIB_MOST }))

/** A share of one accelerator in thousandths. */
export const acceleratorMilli = plainFigure(count({ from: 1, to: 999 }))
