import { listCommitments } from '@offtake/contract/api/finance-routes'
import { writtenSumText } from '@offtake/contract/text/money-text'
import { formatDate, instant } from '@offtake/core/base/instant'
import { commitmentViews } from '../portfolio/commitment-view.ts'
import { Problem } from '../problem.ts'
import type { Charged } from '../usage/charged-live.ts'
import type { Finder, Found, Looked } from './finder.ts'

/** Commitments of which something would have to be paid on top at the end of the interval that runs, as far as can be foreseen. */
export const COMMITMENTS: Finder = {
  shown: listCommitments,
  find: async ({ current, charged }) => {
    if (!current) return []
    const { portfolio } = current
    const live = await chargedOr(charged(portfolio))
    if (live instanceof Problem) return [unknownPrice(live)]
    return commitmentViews(portfolio, live.charged, live.at)
      .filter(({ state, trueUp }) => state === 'current' && Number(trueUp) > 0)
      .map((view): Found => {
        const {
          agreement,
          provider,
          interval,
          since = view.start,
          until,
          trueUp,
          basis,
        } = { ...view, since: view.start }
        const sum = writtenSumText(trueUp, portfolio.currency)
        return {
          id: `commitmentAtRisk/${agreement}/${interval}`,
          kind: 'commitmentAtRisk',
          severity: 'soon',
          since,
          due: until,
          text: `${agreement} would be trued up by ${sum} on ${formatDate(instant(Date.parse(until)))}`,
          subject: { agreement, provider },
          amount: trueUp,
          currency: portfolio.currency,
          basis,
        }
      })
  },
}

/** Where a price is not known nothing is charged, and that is what a person must look at. */
async function chargedOr(charged: ReturnType<Looked['charged']>): Promise<Charged | Problem> {
  try {
    return await charged
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return error
    throw error
  }
}

function unknownPrice({ message }: Problem): Found {
  return {
    id: 'priceUnknown',
    kind: 'priceUnknown',
    severity: 'soon',
    text: `No charge can be worked out: ${message}`,
    subject: {},
  }
}
