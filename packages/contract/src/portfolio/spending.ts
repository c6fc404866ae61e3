import type { BudgetPlan } from '@offtake/core/demand/budget-plan'
import type { Spending } from '@offtake/core/demand/spending'
import { z } from 'zod'
import { amount } from './amount.ts'
import { choice, yesOrNo } from './choice.ts'
import { duration } from './duration.ts'
import { poolPart, words } from './identifier.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'

/** A price in micro-units: beyond a million units it would be none of accelerators or gigabytes. */
function microPrice(reading: Reading) {
  const price = amount(reading)
    .refine(({ micros }) => micros <= MOST_MICROS, {
      error: 'must be at most a million',
      params: { code: 'amountOutOfRange' },
    })
    .refine(({ currency }) => currency === reading.currency, {
      error: "must be in the portfolio's currency",
      params: { code: 'currencyMix' },
    })
  return plainFigure(price).transform(({ micros }) => Number(micros))
}

const MOST_MICROS = 1_000_000_000_000n

const place = words
  .refine((text) => /^[^/]+\/[^/]+$/.test(text), {
    error: 'must be a provider and one of its regions, such as aws/us-east-2',
    params: { code: 'badIdentifier' },
  })
  .transform((text) => text.split('/') as [string, string])

/** How work minds what time costs. */
export function spending(reading: Reading) {
  return z
    .strictObject({
      prefers: choice(['cheapest'])
        .exactOptional()
        .describe('pools in the order of what the work would cost there; of its liking by default'),
      maxPrice: microPrice(reading)
        .exactOptional()
        .describe(
          'the most that an accelerator-hour of work at speed 1 may cost; it waits where it would cost more',
        ),
      mayWait: plainFigure(duration)
        .exactOptional()
        .describe(
          'how long it waits for that price, or for what costs nothing more; then it pays what it must',
        ),
      onSpot: yesOrNo.default(true).describe('whether it may sit on spot capacity'),
      data: z
        .strictObject({
          gb: plainFigure(count({ to: 1_000_000_000 })).describe('gigabytes that are fetched at each start'),
          at: place.describe('where they lie: provider/region'),
        })
        .exactOptional()
        .describe('what it reads'),
    })
    .transform(
      ({ prefers, maxPrice, mayWait, onSpot, data }): Spending => ({
        ...(prefers ? { prefers } : {}),
        ...(maxPrice === undefined ? {} : { maxMicrosPerHour: maxPrice }),
        ...(mayWait === undefined ? {} : { mayWaitMs: mayWait }),
        ...(onSpot ? {} : { onSpot }),
        ...(data ? { data: { gb: data.gb, provider: data.at[0], region: data.at[1] } } : {}),
      }),
    )
    .exactOptional()
    .describe('how it minds what time costs; not at all by default')
}

/** What a tenant or a piece of work may spend. */
export function budget(reading: Reading) {
  const sum = amount(reading).refine(({ currency }) => currency === reading.currency, {
    error: "must be in the portfolio's currency",
    params: { code: 'currencyMix' },
  })
  return z
    .strictObject({
      amount: plainFigure(sum).describe('what may be spent beyond what is owed anyway'),
      per: choice(['month', 'quarter', 'year']).default('month').describe('of the calendar, UTC'),
      kind: choice(['limit', 'brake'])
        .default('limit')
        .describe('limit: nothing starts that would exceed it; brake: slows down where it is spent too fast'),
    })
    .transform(({ amount: { micros }, per, kind }): BudgetPlan => ({ micros: `${micros}`, per, kind }))
    .exactOptional()
    .describe('what it may spend; no limit by default')
}

/** What a provider asks for a gigabyte that leaves one of its regions. */
export function egress(reading: Reading) {
  return z
    .array(egressOf(reading))
    .refine((all) => new Set(all.map(({ provider }) => provider)).size === all.length, {
      error: 'a provider is there twice',
      params: { code: 'duplicateId' },
    })
    .default([])
    .describe('what providers ask for data that leave them')
}

function egressOf(reading: Reading) {
  return z
    .strictObject({
      provider: poolPart,
      toRegion: microPrice(reading).default(0).describe('per gigabyte, to another of its regions'),
      toProvider: microPrice(reading).default(0).describe('per gigabyte, to another provider'),
    })
    .transform(({ provider, toRegion, toProvider }) => ({
      provider,
      toRegionMicrosPerGb: toRegion,
      toProviderMicrosPerGb: toProvider,
    }))
}
