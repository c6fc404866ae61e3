import type { Agreement } from '@offtake/core/agreements/agreement'
import { dearLines } from '@offtake/core/agreements/dear-lines'
import { agreementProblems, crossProblems } from '@offtake/core/agreements/validate'
import { fleetProblems } from '@offtake/core/capacity/validate'
import { serviceProblems, tenantProblems, workloadProblems } from '@offtake/core/demand/validate'
import { bookingProblems, namedWindowProblems } from '@offtake/core/demand/validate-booking'
import type { WorkloadProfile } from '@offtake/core/demand/workload'
import { settingsProblems } from '@offtake/core/simulation/validate'
import type { PlacedProblem } from '../problems.ts'
import type { BuiltIn } from './built-in.ts'
import type { Contents, ReadFile } from './contents.ts'
import { duplicateIds } from './duplicate-ids.ts'
import { pathText, valueAt } from './format-problem.ts'
import type { KnownNames } from './known-names.ts'
import { suggestion } from './nearest.ts'
import { priceProblems } from './price-problems.ts'
import { type ValidationProblem, validationText } from './validation-text.ts'
import type { Path } from './yaml-text.ts'

/** Every contradiction within and between the files, as far as they could be read. */
export function validateContents(contents: Contents, names: KnownNames, builtIn: BuiltIn): PlacedProblem[] {
  return [
    ...duplicateIds(contents, builtIn),
    ...validateSettings(contents, names),
    ...validateAgreements(contents, names),
    ...validateDemand(contents, names, builtIn),
    ...contents.fleet.flatMap((file) =>
      file.value ? placed(file, fleetProblems(file.value, names), names) : [],
    ),
    ...priceProblems(contents, names),
  ]
}

function validateSettings({ settings }: Contents, names: KnownNames): PlacedProblem[] {
  if (!settings?.value) return []
  return [
    ...placed(settings, settingsProblems(settings.value, names.agreements), names),
    ...placed(settings, tenantProblems(settings.value.tenants, names.pools), names, ['tenants']),
  ]
}

function validateAgreements(contents: Contents, names: KnownNames): PlacedProblem[] {
  const surroundings = {
    currency: contents.reading.currency,
    hardware: names.hardware,
    prices: { points: contents.points.map(({ point }) => point) },
  }
  const files = [
    ...contents.agreements.map((file) => ({ file, agreement: file.value })),
    ...contents.quotes.map((file) => ({ file, agreement: file.value?.agreement })),
  ].flatMap(({ file, agreement }) => (agreement ? [{ file, agreement }] : []))
  const alone = files.flatMap(({ file, agreement }) =>
    placed(file, agreementProblems(agreement, surroundings), names),
  )
  const agreements: Agreement[] = files.map(({ agreement }) => agreement)
  const across = [
    ...crossProblems(agreements, names.agreements),
    ...dearLines(agreements, surroundings.prices),
  ]
  const between = across.flatMap(({ at, problem }) => {
    const file = files[at]?.file
    return file ? placed(file, [problem], names) : []
  })
  return [...alone, ...between]
}

function validateDemand(contents: Contents, names: KnownNames, builtIn: BuiltIn): PlacedProblem[] {
  const settings = contents.settings?.value
  const windows = {
    ids: names.windows,
    bookings: contents.workloads.flatMap(({ value }) => value?.windows ?? []),
    tenants: settings?.tenants ?? [],
  }
  return contents.workloads.flatMap((file) => [
    ...(file.value?.workloads ?? []).flatMap((workload, at) => [
      ...placed(file, workloadProblems(workload, names), names, ['workloads', at]),
      ...placed(file, namedWindowProblems(workload, windows), names, ['workloads', at]),
      ...profileProblems(file, workload.profile, ['workloads', at, 'profile'], builtIn),
    ]),
    ...(file.value?.windows ?? []).flatMap((window, at) =>
      placed(file, bookingProblems(window, names, settings?.window), names, ['windows', at]),
    ),
    ...(file.value?.services ?? []).flatMap((service, at) =>
      placed(file, serviceProblems(service, names), names, ['services', at]),
    ),
  ])
}

function profileProblems(
  file: ReadFile<unknown>,
  profile: WorkloadProfile | string,
  path: Path,
  { profiles }: BuiltIn,
): PlacedProblem[] {
  if (typeof profile !== 'string' || profiles.some(({ id }) => id === profile)) return []
  const hint = suggestion(
    profile,
    profiles.map(({ id }) => id),
  )
  const place = file.toFilePath(path)
  const message = `${pathText(place)}: no profile is called '${profile}'${hint}`
  return [file.text.problemAt(place, 'unknownProfile', message)]
}

function placed(
  file: ReadFile<unknown>,
  problems: readonly ValidationProblem[],
  names: KnownNames,
  prefix: Path = [],
): PlacedProblem[] {
  return problems.map((problem) => {
    const path = figureValue(file, file.toFilePath([...prefix, ...problem.path]))
    const message = `${pathText(path)}: ${validationText(problem, names)}`
    return file.text.problemAt(path, problem.code, message)
  })
}

/** Of a figure that says where it comes from, the value. */
function figureValue({ text }: ReadFile<unknown>, path: Path): Path {
  const inner = [...path, 'value']
  return valueAt(text.value, inner) === undefined ? path : inner
}
