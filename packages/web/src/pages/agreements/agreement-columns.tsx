import type { AgreementRow } from '@offtake/contract/api/agreement'
import { Link } from '@tanstack/react-router'
import { BurnMeter } from '../../parts/burn-meter.tsx'
import { type Burned, burnShares } from '../../parts/burned.ts'
import { Moment } from '../../parts/moment.tsx'
import { amountText, countText } from '../../parts/number-text.ts'
import { StateMark } from '../../parts/state-mark.tsx'
import type { Column } from '../../parts/table/data-table.tsx'
import classes from './agreements.module.css'
import { plainWords, STANDING_TEXTS, STATE_TONES } from './state-tones.ts'

/** The columns of the list; burn-downs where whoever looks may see what is charged. */
export function agreementColumns(
  burned: ReadonlyMap<string, Burned> | undefined,
): readonly Column<AgreementRow>[] {
  return [
    { key: 'title', title: 'Agreement', cell: (row) => <Name row={row} /> },
    {
      key: 'state',
      title: 'State',
      cell: ({ state }) => <StateMark text={state} tone={STATE_TONES[state]} />,
    },
    { key: 'start', title: 'From', isMinor: true, cell: ({ start }) => <Moment at={start} as="day" /> },
    { key: 'until', title: 'Until', isMinor: true, cell: ({ until }) => <Moment at={until} as="day" /> },
    {
      key: 'accelerators',
      title: 'Accelerators',
      isNumber: true,
      cell: ({ accelerators }) => (accelerators === 0 ? '–' : countText(accelerators)),
    },
    {
      key: 'committed',
      title: 'Committed',
      isNumber: true,
      cell: ({ committed, currency }) =>
        committed === null ? '–' : amountText(committed, currency, 'short'),
    },
    ...(burned ? burnColumns(burned) : []),
  ]
}

function burnColumns(burned: ReadonlyMap<string, Burned>): Column<AgreementRow>[] {
  return [
    {
      key: 'burned',
      title: 'Burned, and foreseen',
      isMinor: true,
      cell: ({ id }) => {
        const shares = shareOf(burned.get(id))
        return shares ? <BurnMeter shares={shares} /> : '–'
      },
    },
    {
      key: 'risk',
      title: 'At risk',
      isNumber: true,
      isMinor: true,
      cell: ({ id, currency }) => {
        const trueUp = burned.get(id)?.trueUp
        return trueUp !== undefined && Number(trueUp) > 0 ? amountText(trueUp, currency, 'short') : '–'
      },
    },
  ]
}

function shareOf(burned: Burned | undefined) {
  return burned && burnShares(burned)
}

function Name({ row: { id, title, provider, instrument, standing } }: { readonly row: AgreementRow }) {
  const apart = STANDING_TEXTS[standing]
  return (
    <div className={classes.name}>
      <Link to="/agreements/$id" params={{ id }} className={classes.title} tabIndex={-1}>
        {title}
      </Link>
      <span className={classes.under}>
        {provider} · {plainWords(instrument)}
        {apart && ` · ${apart}`}
      </span>
    </div>
  )
}
