import { formatCount, formatHours } from '@offtake/contract/text/format-number'
import type { OutageEffect } from '@offtake/core/simulation/outage-observer'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { scopeText, stretchText } from '../../text/outage-text.ts'
import { numbers, type Section, words } from '../section.ts'

const SHOWN_MAX = 50

/** What each outage did; nothing where there was none. */
export function outagesSection({ outages }: RunResult): Section | undefined {
  if (outages.length === 0) return undefined
  const shown = outages.toSorted((a, b) => b.lostHours - a.lostHours || b.outHours - a.outHours)
  const hidden = outages.length - SHOWN_MAX
  return {
    id: 'outages',
    topic: 'Outages',
    heading: headingOf(outages),
    text: `Whoever an outage stops loses what it did since its last save, and waits again.${hidden > 0 ? ` Shown are the ${SHOWN_MAX} that lost most, of ${formatCount(outages.length)}.` : ''}`,
    tables: [
      {
        title: 'By outage',
        columns: [
          ...words('of', 'when'),
          ...numbers(
            'accelerators',
            'accelerator-hours out',
            'gangs stopped',
            'accelerator-hours of work lost',
            'mean wait until they ran again',
          ),
        ],
        rows: shown
          .slice(0, SHOWN_MAX)
          .map((outage) => [
            scopeText(outage.of),
            stretchText(outage),
            formatCount(outage.accelerators),
            formatCount(outage.outHours),
            formatCount(outage.gangsStopped),
            formatCount(outage.lostHours),
            outage.restarted === 0 ? '' : formatHours(outage.meanHoursToRestart),
          ]),
      },
    ],
  }
}

function headingOf(outages: readonly OutageEffect[]): string {
  const stopped = outages.reduce((sum, { gangsStopped }) => sum + gangsStopped, 0)
  const lost = outages.reduce((sum, { lostHours }) => sum + lostHours, 0)
  const count = outages.length === 1 ? 'One outage' : `${formatCount(outages.length)} outages`
  return `${count} stopped ${formatCount(stopped)} gangs, which lost ${formatCount(lost)} accelerator-hours of work`
}
