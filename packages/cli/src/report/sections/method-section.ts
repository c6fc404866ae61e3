import { formatCount } from '@offtake/contract/text/format-number'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { dateText } from '../date-text.ts'
import { html } from '../html.ts'
import type { Section } from '../section.ts'

/** How the numbers came about, for those who want to check them. */
export function methodSection(result: RunResult): Section {
  return {
    id: 'method',
    topic: 'Method',
    heading: 'How these numbers came about',
    body: html`<dl class="notes">${notesOf(result).map(([title, text]) => html`<dt>${title}</dt><dd>${text}</dd>`)}</dl>`,
  }
}

function notesOf({ portfolio, seed, policy, statistics }: RunResult): readonly (readonly [string, string])[] {
  return [
    [
      'Obligations',
      'The take-or-pay part of every binding commitment and line, by calendar month, from the as-of date on, less what has been prepaid. Use beyond it is not owed. Agreements that overlap one that is counted, that bind nobody, that are contingent or not signed stand beside the sum and are never added to it.',
    ],
    [
      'Capacity',
      'Tranches at their promised and at their delivered or now expected dates, of agreements whose accelerators can be used, and machines that are listed. Chips and power that another party runs count only through the cloud agreement that delivers them.',
    ],
    [
      'What was played',
      `From ${dateText(portfolio.window.start)} to ${dateText(portfolio.window.until)}, gang by gang: jobs drawn from measured profiles with seed ${seed}, services by their demand, placed under policy ${policy}. ${formatCount(statistics.events)} events, all of them in events.jsonl.gz. The same seed gives the same result, to the byte.`,
    ],
    [
      'Charges',
      'Use is served by what is paid anyway first, then committed capacity, spot, and on demand last. Within the window charges follow metered use; outside it each pool is projected to stay as busy as it was within. Sums are exact and rounded once for each invoice line, to the cent, half to even.',
    ],
    [
      'True-ups',
      'What must be paid at the end of each interval of a commitment: the part that is owed in any case, less what was bought by then and what was carried in.',
    ],
    [
      'Concentration',
      'Herfindahl–Hirschman index: the sum of the squared percentages; 10,000 where one provider has all. 10,000 divided by it is the number of equal providers that would be as concentrated.',
    ],
    [
      'Figures',
      'Each number is stated by a source, derived by a rule or assumed for a reason. A sum rests on an assumption where any figure that it is made of is assumed.',
    ],
    [
      'Exact sums',
      'Charts and tables round. The tables beside this page (CSV) have every sum to the last digit.',
    ],
  ]
}
