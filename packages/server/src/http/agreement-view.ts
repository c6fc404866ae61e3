import type { AgreementRow, AgreementView, ProvenanceView } from '@offtake/contract/api/agreement'
import { termsOf } from '@offtake/contract/text/agreement-terms'
import type { Agreement, Line, Option, Tranche } from '@offtake/core/agreements/agreement'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { acceleratorsOfLine } from '@offtake/core/agreements/resolve'
import { type Standing, standingsOf } from '@offtake/core/agreements/standing'
import { currentTerm } from '@offtake/core/agreements/term'
import type { Provenance } from '@offtake/core/base/figure'
import type { Instant } from '@offtake/core/base/instant'
import { formatMoney, total } from '@offtake/core/base/money'
import type { Span } from '@offtake/core/base/span'
import { poolOf } from '@offtake/core/capacity/pool'
import { obligationsFrom } from '@offtake/core/finance/obligations'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { FiledAgreement } from '../portfolio/agreement-file.ts'
import { isoOf, isoOrNull } from './iso.ts'

export function agreementRows(
  filed: readonly FiledAgreement[],
  { agreements }: Portfolio,
  at: Instant,
): AgreementRow[] {
  const standings = standingsOf(agreements)
  return filed.map((one) => rowOf(one, standings.get(one.agreement.id), at))
}

export function agreementViewOf(filed: FiledAgreement, portfolio: Portfolio, at: Instant): AgreementView {
  const { agreement, file } = filed
  const standing = standingsOf(portfolio.agreements).get(agreement.id)
  return {
    ...rowOf(filed, standing, at),
    file: file.path,
    text: file.text,
    signed: isoOrNull(agreement.signed ?? null),
    owed: owedFrom(agreement, portfolio, at),
    lines: agreement.lines.map((line) => lineOf(agreement, line)),
    options: agreement.options.map(optionOf),
    rights: rightsOf(agreement),
    ...saidOf(filed, portfolio, at),
  }
}

/** What its file says, and where that comes from. */
function saidOf(
  { agreement, file }: FiledAgreement,
  { figures, prices }: Portfolio,
  at: Instant,
): Pick<AgreementView, 'terms' | 'figures' | 'documents'> {
  return {
    terms: termsOf(agreement, { at, prices }).map(({ title, rows }) => ({
      title,
      rows: rows.map(({ label, value, provenance }) => ({
        label,
        value,
        provenance: provenance ? provenanceView(provenance) : null,
      })),
    })),
    figures: figures
      .filter((figure) => figure.file === file.path)
      .map(({ field, written, provenance }) => ({
        path: field,
        written,
        provenance: provenanceView(provenance),
      })),
    documents: (agreement.documents ?? []).map(({ name, dated, sha256, link }) => ({
      name,
      dated: isoOrNull(dated ?? null),
      sha256: sha256 ?? null,
      link: link ?? null,
    })),
  }
}

function provenanceView(provenance: Provenance): ProvenanceView {
  switch (provenance.kind) {
    case 'stated':
      return { kind: 'stated', said: provenance.source }
    case 'derived':
      return { kind: 'derived', said: provenance.rule }
    case 'assumed':
      return { kind: 'assumed', said: provenance.reason }
  }
}

function rowOf(
  { agreement, file }: FiledAgreement,
  standing: Standing | undefined,
  at: Instant,
): AgreementRow {
  const { id, title, provider, instrument, layer, binding, currency, commitment, lines } = agreement
  const { start, until } = currentTerm(agreement)
  return {
    id,
    title,
    provider,
    instrument,
    layer,
    binding,
    state: stateAt(agreement, at),
    standing: standing?.kind ?? 'draft',
    start: isoOf(start),
    until: isoOf(until),
    currency,
    committed: commitment ? formatMoney(commitment.total.value) : null,
    accelerators: lines.reduce((sum, line) => sum + acceleratorsOfLine(line), 0),
    version: file.version,
  }
}

function owedFrom(agreement: Agreement, { prices }: Portfolio, at: Instant): string | null {
  const owed = obligationsFrom(at, agreement, prices)
  if (!owed.ok) return null
  return formatMoney(
    total(
      owed.value.map(({ amount }) => amount),
      agreement.currency,
    ),
  )
}

function lineOf({ provider }: Agreement, line: Line): AgreementView['lines'][number] {
  return {
    id: line.id,
    pool: poolOf({ ...line, provider }).id,
    tranches: line.tranches.map(trancheOf),
  }
}

function trancheOf({ id, accelerators, promised, expected, delivered }: Tranche) {
  return {
    id,
    accelerators: accelerators.value,
    promised: isoOf(promised.value),
    expected: isoOrNull(expected?.value ?? null),
    delivered: isoOrNull(delivered ?? null),
  }
}

function optionOf({ id, kind, window, exercised }: Option) {
  return {
    id,
    kind,
    start: isoOf(window.start),
    until: isoOf(window.until),
    exercised: isoOrNull(exercised ?? null),
  }
}

function rightsOf({ priorityRights, exclusivities }: Agreement): AgreementView['rights'] {
  const spanOf = ({ start, until }: Span) => ({ start: isoOf(start), until: isoOf(until) })
  return [
    ...priorityRights.map(({ holder, subject, window, source }) => ({
      kind: 'priority' as const,
      holder,
      subject,
      source,
      ...spanOf(window),
    })),
    ...exclusivities.map(({ party, scope, window, source }) => ({
      kind: 'exclusive' as const,
      holder: party,
      subject: scope,
      source,
      ...spanOf(window),
    })),
  ]
}
