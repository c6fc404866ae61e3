import { Stack } from '@mantine/core'
import type { AgreementView } from '@offtake/contract/api/agreement'
import { listCommitments } from '@offtake/contract/api/finance-routes'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { BurnMeter } from '../../parts/burn-meter.tsx'
import { burnedByAgreement, burnShares } from '../../parts/burned.ts'
import { Moment } from '../../parts/moment.tsx'
import { amountText, countText } from '../../parts/number-text.ts'
import { Section } from '../../parts/page.tsx'
import { Tile, Tiles } from '../../parts/tile.tsx'
import { timeScale } from '../../parts/timeline/time-scale.ts'
import { useNow } from '../../parts/use-now.ts'
import { useMay } from '../../session/session.ts'
import { AgreementCalendar } from './agreement-calendar.tsx'
import { Deliveries } from './deliveries.tsx'
import { Documents } from './documents.tsx'
import { OptionsAndRights } from './options-and-rights.tsx'
import { TermSheet } from './term-sheet.tsx'

/** What an agreement says, and what became of it. */
export function AgreementTerms({ agreement }: { readonly agreement: AgreementView }) {
  const now = useNow()
  const scale = useMemo(() => timeScale(...endsOf(agreement)), [agreement])
  return (
    <Stack gap="xl">
      <Figures agreement={agreement} />
      <Section title="Deliveries">
        <Deliveries agreement={agreement} scale={scale} now={now} />
      </Section>
      {(agreement.options.length > 0 || agreement.rights.length > 0) && (
        <Section title="Options and rights">
          <OptionsAndRights agreement={agreement} scale={scale} now={now} />
        </Section>
      )}
      <Section
        title="Terms"
        about="s stated in a source, d derived by a rule, a assumed: point at a letter to read which, or why."
      >
        <TermSheet terms={agreement.terms} />
      </Section>
      <AgreementCalendar id={agreement.id} />
      {agreement.documents.length > 0 && (
        <Section title="Documents">
          <Documents documents={agreement.documents} />
        </Section>
      )}
    </Stack>
  )
}

function Figures({ agreement }: { readonly agreement: AgreementView }) {
  const { id, until, accelerators, committed, owed, currency } = agreement
  const mayCharges = useMay(listCommitments)
  const { data } = useQuery({
    ...reading(listCommitments, { query: { agreement: id, limit: 500 } }),
    enabled: mayCharges && committed !== null,
  })
  const burned = data && burnedByAgreement(data.items).get(id)
  const shares = burned && burnShares(burned)
  return (
    <Tiles>
      <Tile label="Accelerators" value={countText(accelerators)} note="promised in all" />
      <Tile label="Until" value={<Moment at={until} as="day" />} note="as its term now stands" />
      {committed !== null && (
        <Tile label="Committed" value={amountText(committed, currency, 'short')} note="over the whole term" />
      )}
      <Tile
        label="Still owed"
        value={owed === null ? 'not known' : amountText(owed, currency, 'short')}
        note={owed === null ? 'a price that it follows is missing' : 'whatever happens'}
      />
      {burned && (
        <Tile
          label="Burned"
          value={amountText(burned.used, currency, 'short')}
          note={shares && <BurnMeter shares={shares} />}
        />
      )}
      {burned && Number(burned.trueUp) > 0 && (
        <Tile
          label="At risk of true-up"
          value={amountText(burned.trueUp, currency, 'short')}
          note="if pools go on as they are"
          tone="warn"
        />
      )}
    </Tiles>
  )
}

/** From the first to the last moment that it speaks of. */
function endsOf({ start, until, lines, options, rights }: AgreementView): [number, number] {
  const moments = [
    start,
    until,
    ...lines.flatMap(({ tranches }) =>
      tranches.flatMap(({ promised, expected, delivered }) => [promised, expected, delivered]),
    ),
    ...options.flatMap((option) => [option.start, option.until]),
    ...rights.flatMap((right) => [right.start, right.until]),
  ]
  const known = moments.flatMap((at) => (at === null ? [] : [Date.parse(at)]))
  return [Math.min(...known), Math.max(...known)]
}
