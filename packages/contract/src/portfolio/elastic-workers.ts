import type { ElasticWorkers } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { choice } from './choice.ts'
import { duration } from './duration.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const TEN_MINUTES_MS = 600_000

/** How few and how many workers a gang may run with. */
export const elasticWorkers = z
  .strictObject({
    smallest: plainFigure(quantity({ from: 0.001, to: 1 }))
      .default(1)
      .describe('of the workers drawn, the share with which it starts: 0.25 is a quarter of them'),
    largest: plainFigure(quantity({ from: 1, to: 1000 }))
      .default(1)
      .describe('to how many times the workers drawn it grows'),
    scaling: plainFigure(quantity({ from: 0, to: 1 }))
      .default(1)
      .describe('speed grows as workers to this power: 1 where twice as many take half the time'),
    resize: choice(['live', 'restart'])
      .default('live')
      .describe('whether it goes on at once when its size changes, or loads its last save'),
    settle: plainFigure(duration)
      .default(TEN_MINUTES_MS)
      .describe('how long it stays at a size before it grows again'),
  })
  .transform(
    ({ resize, settle, ...rest }): ElasticWorkers => ({
      ...rest,
      restarts: resize === 'restart',
      settleMs: settle,
    }),
  )
