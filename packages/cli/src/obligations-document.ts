import { formatDate } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import { WHOLE } from '@offtake/core/base/quantity'
import type { YearCoverage } from '@offtake/core/finance/coverage'
import type {
  AgreementObligations,
  Maturities,
  ObligationSection,
  ObligationSummary,
} from '@offtake/core/finance/obligation-summary'
import { type Concentrations, concentrationsDocument } from './concentration-report.ts'

/** What is owed, with what it is set against. */
export interface ObligationsReport {
  readonly portfolio: string
  readonly summary: ObligationSummary
  readonly coverage: readonly YearCoverage[]
  readonly concentrations: Concentrations
}

/** The report as JSON has it: exact decimals as text, shares as fractions. */
export function obligationsDocument({ portfolio, summary, coverage, concentrations }: ObligationsReport) {
  const { counted, notBinding, overlapping, contingent, draft } = summary
  return {
    portfolio,
    asOf: formatDate(summary.asOf),
    currency: summary.currency,
    ...sectionDocument(counted),
    byYear: coverage.map(({ year, owed, revenue, coverage: covered, multiple }) => ({
      year,
      owed: formatMoney(owed),
      revenue: revenue ? { amount: formatMoney(revenue.value), provenance: revenue.provenance } : null,
      coverage: covered ?? null,
      multiple: multiple ?? null,
    })),
    concentration: concentrationsDocument(concentrations),
    nonBinding: sectionDocument(notBinding),
    overlapping: sectionDocument(overlapping),
    contingent: sectionDocument(contingent),
    draft: sectionDocument(draft),
  }
}

function sectionDocument(section: ObligationSection) {
  return {
    ...maturities(section),
    byProvider: Object.fromEntries(section.byProvider.map((row) => [row.provider, maturities(row)])),
    byAgreement: section.byAgreement.map((row) => ({
      id: row.agreementId,
      provider: row.provider,
      quantified: row.isQuantified,
      ...(row.standing.kind === 'overlapping' ? { overlaps: row.standing.with } : {}),
      ...maturities(row),
      ...(row.mayEnd && { mayEnd: mayEndDocument(row.mayEnd) }),
    })),
    assumedShare: section.assumedAmount / WHOLE,
    assumedShareWithDates: section.assumedAmountOrTiming / WHOLE,
  }
}

function mayEndDocument({ start, until, owed }: NonNullable<AgreementObligations['mayEnd']>) {
  return { from: formatDate(start), until: formatDate(until), owedFromThen: formatMoney(owed) }
}

function maturities({ total, under1y, from1to3y, from3to5y, over5y }: Maturities) {
  return {
    total: formatMoney(total),
    under1y: formatMoney(under1y),
    from1to3y: formatMoney(from1to3y),
    from3to5y: formatMoney(from3to5y),
    over5y: formatMoney(over5y),
  }
}
