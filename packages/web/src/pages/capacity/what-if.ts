import { type FileText, readFileTexts } from '@offtake/contract/portfolio/file-texts'
import { NO_SLIPS, type Slips } from '@offtake/core/agreements/resolve'
import { usableAgreements } from '@offtake/core/agreements/standing'
import { HARDWARE } from '@offtake/core/base/hardware-facts'
import { formatMoney } from '@offtake/core/base/money'
import { toHours } from '@offtake/core/base/quantity'
import type { StepFunction } from '@offtake/core/base/step-function'
import { poolOf } from '@offtake/core/capacity/pool'
import { shortfallOf } from '@offtake/core/capacity/shortfall'
import { addTimelines, capacityOf, groupTimelines } from '@offtake/core/capacity/timeline'
import { plannedCost } from '@offtake/core/cost/planned-cost'
import { type DemandForecast, forecastDemand } from '@offtake/core/demand/forecast'
import { KNOWN_PROFILES } from '@offtake/core/demand/profiles/known-profiles'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Cost, Gap, OpenTranche, Steps } from './what-if-answers.ts'

/** What if deliveries came later: by the same core as the server and the command line. */
export class WhatIf {
  readonly portfolio: Portfolio
  readonly #demand: DemandForecast

  private constructor(portfolio: Portfolio) {
    this.portfolio = portfolio
    this.#demand = forecastDemand(portfolio, portfolio.horizon)
  }

  /** Nothing where the files do not hold together. */
  static of(files: readonly FileText[]): WhatIf | undefined {
    const read = readFileTexts(files, { hardware: HARDWARE, profiles: KNOWN_PROFILES })
    return read.ok ? new WhatIf(read.value) : undefined
  }

  /** The tranches that bring usable capacity and have not been handed over, in order of time. */
  get tranches(): OpenTranche[] {
    return usableAgreements(this.portfolio.agreements)
      .flatMap(({ id, title, provider, lines }) =>
        lines.flatMap((line) =>
          line.tranches
            .filter(({ delivered }) => delivered === undefined)
            .map(({ id: tranche, accelerators, promised, expected }) => ({
              key: `${id}/${line.id}/${tranche}`,
              agreement: id,
              title,
              line: line.id,
              tranche,
              pool: poolOf({ ...line, provider }).id,
              accelerators: accelerators.value,
              promised: promised.value,
              start: (expected ?? promised).value,
            })),
        ),
      )
      .sort((a, b) => a.start - b.start)
  }

  gap(slips: Slips = NO_SLIPS): Gap {
    const { horizon } = this.portfolio
    const pools = capacityOf({ ...this.portfolio, slips })
    const { promised, delivered } = addTimelines(pools)
    const { begins, worst, missing } = shortfallOf(this.#demand.total, delivered, horizon)
    const groups = (['provider', 'hardware', 'region', 'pool'] as const).map((by) => [
      by,
      groupTimelines(pools, by).map((group) => ({
        key: group.key,
        promised: stepsOf(group.promised),
        delivered: stepsOf(group.delivered),
      })),
    ])
    return {
      promised: stepsOf(promised),
      delivered: stepsOf(delivered),
      demand: stepsOf(this.#demand.total),
      groups: Object.fromEntries(groups),
      begins: begins ?? null,
      worst: worst?.accelerators ?? 0,
      worstAt: worst?.at ?? null,
      missingHours: Math.round(toHours(missing)),
    }
  }

  /** Nothing where a price is not known. */
  cost(slips: Slips = NO_SLIPS): Cost | null {
    const cost = plannedCost(this.portfolio, slips)
    if (!cost.ok) return null
    return {
      currency: this.portfolio.currency,
      total: formatMoney(cost.value.total),
      byKind: [...cost.value.byKind].map(([kind, amount]) => ({ kind, amount: formatMoney(amount) })),
    }
  }
}

function stepsOf({ times, values }: StepFunction): Steps {
  return times.map((at, n) => [at, values[n] ?? 0])
}
