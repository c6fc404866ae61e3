import type { listObligations } from '@offtake/contract/api/finance-routes'
import { showCharges } from '@offtake/contract/api/usage-routes'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { reading } from '../../api/call.ts'
import { amountText, shareText } from '../../parts/number-text.ts'
import { sumText } from '../../parts/sum.ts'
import { Tile, Tiles } from '../../parts/tile.tsx'

interface CostFiguresProps {
  readonly month: string
  readonly mayCharges: boolean
  readonly obligations: z.output<(typeof listObligations)['answer']> | undefined
}

/** The sums that one looks for first. */
export function CostFigures({ month, mayCharges, obligations }: CostFiguresProps) {
  const { data } = useQuery({ ...reading(showCharges, { query: { month } }), enabled: mayCharges })
  const owedAnyway = data && sumText(data.items.map((item) => item.owedAnyway))
  return (
    <Tiles>
      {mayCharges && (
        <>
          <Tile
            label={`Charged for ${month}`}
            value={data && <Sum amount={data.total} currency={data.currency} />}
            note={data && Number(data.total) !== 0 ? 'as far as it is known' : 'nothing is charged for it'}
          />
          <Tile
            label="Of it owed anyway"
            value={data && owedAnyway !== undefined && <Sum amount={owedAnyway} currency={data.currency} />}
            note={
              data && owedAnyway !== undefined && Number(data.total) > 0
                ? `${shareText(Number(owedAnyway) / Number(data.total))}, whatever is used`
                : ''
            }
          />
        </>
      )}
      <Tile
        label="Owed from now on"
        value={obligations && <Sum amount={obligations.total} currency={obligations.currency} />}
        note={obligations && `${shareText(obligations.assumedShare)} of it rests on assumed figures`}
      />
      <Tile
        label="Of it within a year"
        value={obligations && <Sum amount={obligations.under1y} currency={obligations.currency} />}
        note={
          obligations && Number(obligations.total) > 0
            ? shareText(Number(obligations.under1y) / Number(obligations.total))
            : ''
        }
      />
    </Tiles>
  )
}

function Sum({ amount, currency }: { readonly amount: string; readonly currency: string }) {
  return <span title={amountText(amount, currency, 'exact')}>{amountText(amount, currency, 'short')}</span>
}
