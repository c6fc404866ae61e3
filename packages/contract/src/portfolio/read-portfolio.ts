import type { Hardware } from '@offtake/core/base/hardware'
import { failed, ok, type Result } from '@offtake/core/base/result'
import type { Workload, WorkloadProfile } from '@offtake/core/demand/workload'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { z } from 'zod'
import { inOrder, type PlacedProblem } from '../problems.ts'
import { agreementFile, quoteFile } from './agreement.ts'
import { fleetFile } from './fleet-file.ts'
import { formatProblems } from './format-problem.ts'
import { suggestion } from './nearest.ts'
import { readPriceTable, type TableText } from './price-table.ts'
import type { Reading } from './reading.ts'
import { type Salvaged, salvage } from './salvage.ts'
import { settingsFile } from './settings.ts'
import { workloadFile } from './workload-file.ts'
import { readYaml, type YamlText } from './yaml-text.ts'

/** The files of a portfolio's folder, by path within it. */
export interface PortfolioFiles {
  readonly texts: readonly { readonly file: string; readonly text: string }[]
  readonly tables: readonly TableText[]
}

/** What a portfolio may name without defining it. */
export interface KnownNames {
  readonly hardware: readonly Hardware[]
  readonly profiles: readonly WorkloadProfile[]
}

/** The portfolio that the files describe, or every problem of every file. */
export function readPortfolio(files: PortfolioFiles, known: KnownNames): Result<Portfolio, PlacedProblem> {
  const parsed = parseAll(files)
  const { problems } = parsed
  const main = parsed.texts.find(({ file }) => file === SETTINGS)
  const reading = readingOf(main)
  const read = <Schema extends z.ZodType>(
    text: YamlText,
    schema: (reading: Reading) => Schema,
  ): ReadFile<z.output<Schema>> => {
    const shape = schema({ ...reading, file: text.file })
    const result = salvage(shape, text.value)
    problems.push(...formatProblems(result.issues, shape, text))
    return { ...result, text }
  }
  const within = (folder: string): YamlText[] =>
    parsed.texts.filter(({ file }) => file.startsWith(`${folder}/`))
  const settings = main ? read(main, settingsFile) : undefined
  const contents: Contents = {
    settings,
    agreements: within('agreements').map((text) => read(text, agreementFile)),
    quotes: within('quotes').map((text) => read(text, quoteFile)),
    workloads: within('workloads').map((text) => read(text, workloadFile)),
    fleet: within('fleet').map((text) => read(text, fleetFile)),
    points: files.tables.flatMap((table) => {
      const result = readPriceTable(table, { ...reading, file: table.file })
      problems.push(...result.problems)
      return result.points
    }),
  }
  const portfolio = assemble(contents, known, problems)
  return problems.length > 0 || !portfolio ? failed(...inOrder(problems)) : ok(portfolio)
}

const SETTINGS = 'offtake.yaml'

interface ReadFile<Value> extends Salvaged<Value> {
  readonly text: YamlText
}

interface Contents {
  readonly settings: ReadFile<z.output<ReturnType<typeof settingsFile>>> | undefined
  readonly agreements: readonly ReadFile<z.output<ReturnType<typeof agreementFile>>>[]
  readonly quotes: readonly ReadFile<z.output<ReturnType<typeof quoteFile>>>[]
  readonly workloads: readonly ReadFile<z.output<ReturnType<typeof workloadFile>>>[]
  readonly fleet: readonly ReadFile<z.output<ReturnType<typeof fleetFile>>>[]
  readonly points: Portfolio['prices']['points']
}

function parseAll(files: PortfolioFiles): { texts: YamlText[]; problems: PlacedProblem[] } {
  const texts: YamlText[] = []
  const problems: PlacedProblem[] = []
  for (const { file, text } of files.texts) {
    const result = readYaml(file, text)
    if (result.ok) texts.push(result.value)
    else problems.push(...result.problems)
  }
  if (!files.texts.some(({ file }) => file === SETTINGS)) {
    problems.push({
      file: SETTINGS,
      line: 1,
      column: 1,
      code: 'missingSettings',
      message: `the folder has no ${SETTINGS}, which names the portfolio, its currency and its horizon`,
    })
  }
  return { texts, problems }
}

/** What other files need of the settings, even where the settings themselves are broken. */
function readingOf(main: YamlText | undefined): Reading {
  const said = (name: string): unknown =>
    main !== undefined && main.value !== null && typeof main.value === 'object'
      ? Reflect.get(main.value, name)
      : undefined
  const currency = said('currency')
  const buyer = said('buyer') ?? said('name')
  return {
    file: SETTINGS,
    currency: typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : 'USD',
    buyer: typeof buyer === 'string' ? buyer : 'us',
  }
}

function assemble(contents: Contents, known: KnownNames, problems: PlacedProblem[]): Portfolio | undefined {
  const settings = contents.settings?.value
  if (!settings) return undefined
  const { reclaimNotice, buyer: _, ...rest } = settings
  const fleets = contents.fleet.flatMap(({ value }) => value ?? [])
  const workloads = contents.workloads.flatMap(({ value }) => value ?? [])
  return {
    ...rest,
    reclaimNoticeMs: reclaimNotice,
    agreements: contents.agreements.flatMap(({ value }) => value ?? []),
    quotes: contents.quotes.flatMap(({ value }) => value ?? []),
    workloads: contents.workloads.flatMap((file) => resolveProfiles(file, known, problems)),
    services: workloads.flatMap((file) => file.services),
    hardware: [...known.hardware, ...fleets.flatMap((file) => file.hardware)],
    fleet: {
      shapes: fleets.flatMap((file) => file.shapes),
      pools: fleets.flatMap((file) => file.pools),
    },
    prices: { points: contents.points },
  }
}

function resolveProfiles(
  file: Contents['workloads'][number],
  known: KnownNames,
  problems: PlacedProblem[],
): Workload[] {
  return (file.value?.workloads ?? []).flatMap(({ profile, ...workload }, at) => {
    if (typeof profile !== 'string') return [{ ...workload, profile }]
    const found = known.profiles.find(({ id }) => id === profile)
    if (found) return [{ ...workload, profile: found }]
    const names = known.profiles.map(({ id }) => id)
    const message = `no profile is called '${profile}'${suggestion(profile, names)}`
    const path = file.toFilePath(['workloads', at, 'profile'])
    problems.push(file.text.problemAt(path, 'unknownProfile', message))
    return []
  })
}
