import type { Provenance } from '@offtake/core/base/figure'
import { formatInstant } from '@offtake/core/base/instant'
import type { RegisteredFigure } from '@offtake/core/simulation/portfolio'
import type { Contents } from './contents.ts'
import { pathText, valueAt } from './format-problem.ts'
import type { PlacedPoint } from './price-table.ts'
import type { Path, YamlText } from './yaml-text.ts'

/** Every number of the files that says where it comes from, in order of file and place; prices come last. */
export function registerOf(contents: Contents): RegisteredFigure[] {
  const { settings, agreements, quotes, workloads, fleet, points } = contents
  const files = [...(settings ? [settings] : []), ...agreements, ...quotes, ...workloads, ...fleet]
  return [...files.flatMap(({ text }) => figuresIn(text, text.value, [])), ...points.flatMap(priceFigure)]
}

/** A price without a source of its own is stated by its file, and has nothing to say beyond that. */
function priceFigure({ point, written, file }: PlacedPoint): RegisteredFigure[] {
  const { series, from, perAcceleratorHour } = point
  const { provenance } = perAcceleratorHour
  if (provenance.kind === 'stated' && provenance.source === file) return []
  return [{ file, field: `price of ${series} from ${formatInstant(from)}`, written, provenance }]
}

function figuresIn(text: YamlText, value: unknown, path: Path): RegisteredFigure[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => figuresIn(text, item, [...path, at]))
  if (value === null || typeof value !== 'object') return []
  const provenance = provenanceOf(value)
  if (provenance) return [{ file: text.file, field: pathText(path), written: writtenIn(value), provenance }]
  return Object.entries(value).flatMap(([name, held]) => figuresIn(text, held, [...path, name]))
}

/** The value as the file has it; the parts of a list one after the other. */
function writtenIn(figure: object): string {
  return [valueAt(figure, ['value'])].flat().map(String).join(', ')
}

function provenanceOf(value: object): Provenance | undefined {
  if (!Object.hasOwn(value, 'value')) return undefined
  const said = (name: string): string | undefined => {
    const word = valueAt(value, [name])
    return typeof word === 'string' ? word : undefined
  }
  const [source, rule, reason] = [said('source'), said('derived'), said('assumed')]
  if (source !== undefined) return { kind: 'stated', source }
  if (rule !== undefined) return { kind: 'derived', rule }
  if (reason !== undefined) return { kind: 'assumed', reason }
  return undefined
}
