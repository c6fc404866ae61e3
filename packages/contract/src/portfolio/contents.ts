import type { z } from 'zod'
import type { PlacedProblem } from '../problems.ts'
import { agreementFile, quoteFile } from './agreement.ts'
import { fleetFile } from './fleet-file.ts'
import { formatProblems, valueAt } from './format-problem.ts'
import { type PlacedPoint, readPriceTable, type TableText } from './price-table.ts'
import type { Reading } from './reading.ts'
import { type Salvaged, salvage } from './salvage.ts'
import { settingsFile } from './settings.ts'
import { workloadFile } from './workload-file.ts'
import { type Path, readYaml, type YamlText } from './yaml-text.ts'

/** The files of a portfolio's folder, by path within it. */
export interface PortfolioFiles {
  readonly texts: readonly { readonly file: string; readonly text: string }[]
  readonly tables: readonly TableText[]
  /** Files that are there but could not be read: what they would have said is not missing, only unknown. */
  readonly unread?: readonly string[]
}

export const SETTINGS_FILE = 'offtake.yaml'

type Of<Format extends (reading: Reading) => z.ZodType> = z.output<ReturnType<Format>>

/** One file: what of it could be read, and where it stands. */
export interface ReadFile<Value> extends Salvaged<Value> {
  readonly text: YamlText
}

/** All files of a portfolio, each read by its format. */
export interface Contents {
  readonly reading: Reading
  readonly settings: ReadFile<Of<typeof settingsFile>> | undefined
  readonly agreements: readonly ReadFile<Of<typeof agreementFile>>[]
  readonly quotes: readonly ReadFile<Of<typeof quoteFile>>[]
  readonly workloads: readonly ReadFile<Of<typeof workloadFile>>[]
  readonly fleet: readonly ReadFile<Of<typeof fleetFile>>[]
  readonly points: readonly PlacedPoint[]
  /** Folders of which some file has problems: what their files say is not known in full. */
  readonly broken: ReadonlySet<string>
  /** Folders of which some file could not be taken apart at all: not even its ids are known. */
  readonly unparsed: ReadonlySet<string>
}

/** Reads every file by its format; problems of one hide no problems of another. */
export function readContents(files: PortfolioFiles): { contents: Contents; problems: PlacedProblem[] } {
  const problems: PlacedProblem[] = []
  const texts = parsed(files, problems)
  const unparsed = foldersOf([...(files.unread ?? []), ...problems.map(({ file }) => file)])
  const main = texts.find(({ file }) => file === SETTINGS_FILE)
  const reading = readingOf(main)
  // A format is built once and reads all files of its folder; it asks for the file's name only while it reads.
  const current = { ...reading }
  const reader = <Schema extends z.ZodType>(format: (reading: Reading) => Schema) => {
    const schema = format(current)
    return (text: YamlText): ReadFile<z.output<Schema>> => {
      current.file = text.file
      const salvaged = salvage(schema, text.value)
      problems.push(...formatProblems(salvaged.issues, schema, text))
      return { ...salvaged, text }
    }
  }
  const within = (folder: string): YamlText[] => texts.filter(({ file }) => file.startsWith(`${folder}/`))
  const filled = {
    reading,
    settings: main && reader(settingsFile)(main),
    agreements: within('agreements').map(reader(agreementFile)),
    quotes: within('quotes').map(reader(quoteFile)),
    workloads: within('workloads').map(reader(workloadFile)),
    fleet: within('fleet').map(reader(fleetFile)),
    points: files.tables.flatMap((table) => {
      const result = readPriceTable(table, { ...reading, file: table.file })
      problems.push(...result.problems)
      return result.points
    }),
  }
  const broken = new Set([...unparsed, ...foldersOf(problems.map(({ file }) => file))])
  return { contents: { ...filled, broken, unparsed }, problems }
}

function foldersOf(files: readonly string[]): Set<string> {
  return new Set(files.map((file) => file.split('/')[0] ?? file))
}

/** A list of the file's raw value, whatever else is broken in it. */
export function rawEntries(text: YamlText, path: Path): readonly unknown[] {
  const value = valueAt(text.value, path)
  return Array.isArray(value) ? value : []
}

/** The raw id of a record, if it has one. */
export function rawId(record: unknown): string | undefined {
  const id = valueAt(record, ['id'])
  return typeof id === 'string' ? id : undefined
}

function parsed(files: PortfolioFiles, problems: PlacedProblem[]): YamlText[] {
  const there = [...files.texts.map(({ file }) => file), ...(files.unread ?? [])]
  if (!there.includes(SETTINGS_FILE)) {
    const message = `the folder has no ${SETTINGS_FILE}, which names the portfolio, its currency and its horizon`
    problems.push({ file: SETTINGS_FILE, line: 1, column: 1, code: 'missingSettings', message })
  }
  return files.texts.flatMap(({ file, text }) => {
    const result = readYaml(file, text)
    if (result.ok) return [result.value]
    problems.push(...result.problems)
    return []
  })
}

/** What other files need of the settings, even where the settings themselves are broken. */
function readingOf(main: YamlText | undefined): Reading {
  const currency = valueAt(main?.value, ['currency'])
  const buyer = valueAt(main?.value, ['buyer']) ?? valueAt(main?.value, ['name'])
  return {
    file: SETTINGS_FILE,
    currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : 'USD',
    buyer: typeof buyer === 'string' ? buyer : 'the buyer',
  }
}
