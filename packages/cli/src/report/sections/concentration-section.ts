import { formatCount } from '@offtake/contract/text/format-number'
import { WHOLE } from '@offtake/core/base/quantity'
import type { Concentration } from '@offtake/core/finance/concentration'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import type { ProviderPalette } from '../provider-palette.ts'
import { numbers, type Section, words } from '../section.ts'

const SHARE = { kind: 'share' } as const

/** How much of what is owed, and of the accelerators, hangs on single providers. */
export function concentrationSection({ concentration }: RunResult, palette: ProviderPalette): Section {
  const {
    moneyByProvider: money,
    acceleratorsByProvider: accelerators,
    acceleratorsByHardware,
  } = concentration
  const section = { id: 'concentration', topic: 'Concentration' }
  const leading = money ?? accelerators
  const first = leading?.parts[0]
  if (!leading || !first) return { ...section, heading: 'There is no provider to depend on' }
  const shareOf = (whole: Concentration | undefined, provider: string): number =>
    (whole?.parts.find(({ key }) => key === provider)?.share ?? 0) / WHOLE
  const providers = palette.filter((key) => shareOf(money, key) > 0 || shareOf(accelerators, key) > 0)
  return {
    ...section,
    heading: headingOf(first.key, first.share / WHOLE, {
      what: money ? 'what is owed' : 'the accelerators',
      equalParts: leading.equalParts,
    }),
    text: [
      money &&
        `Herfindahl index of what is owed: ${formatCount(money.herfindahl)}, where 10,000 is a single provider.`,
      accelerators && `Of accelerators by provider: ${formatCount(accelerators.herfindahl)}.`,
      acceleratorsByHardware &&
        `Of accelerators by hardware: ${formatCount(acceleratorsByHardware.herfindahl)}.`,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
    chart: {
      kind: 'bars',
      unit: SHARE,
      direction: 'rows',
      isStacked: false,
      categories: providers,
      bars: [
        { name: 'of what is owed', colour: 'accent', values: providers.map((key) => shareOf(money, key)) },
        {
          name: 'of peak accelerators',
          colour: 'soft',
          values: providers.map((key) => shareOf(accelerators, key)),
        },
      ],
    },
    tables: [
      {
        title: 'The same in numbers',
        columns: [...words('provider'), ...numbers('of what is owed', 'of peak accelerators')],
        rows: providers.map((key) => [
          key,
          amountText(shareOf(money, key), SHARE),
          amountText(shareOf(accelerators, key), SHARE),
        ]),
      },
    ],
  }
}

function headingOf(
  first: string,
  share: number,
  { what, equalParts }: { readonly what: string; readonly equalParts: number },
): string {
  if (share === 1) return `All of ${what} lies with ${first}`
  const spread = equalParts < 1.05 ? 'one provider' : `${equalParts.toFixed(1)} equal providers`
  return `${first} has ${amountText(share, SHARE)} of ${what}: as concentrated as with ${spread}`
}
