import { failed, ok, type Result } from '@offtake/core/base/result'
import type { Fleet } from '@offtake/core/capacity/fleet'
import { fleetProblems } from '@offtake/core/capacity/validate'
import { inOrder, type PlacedProblem } from '../problems.ts'
import { fleetFile } from './fleet-file.ts'
import { formatProblems } from './format-problem.ts'
import { salvage } from './salvage.ts'
import { validationText } from './validation-text.ts'
import { readYaml, type YamlText } from './yaml-text.ts'

/** A fleet file by itself, as for the replay of a trace: it must list pools; their hardware may have any name. */
export function readFleet(file: string, text: string): Result<Fleet, PlacedProblem> {
  const yaml = readYaml(file, text)
  if (!yaml.ok) return yaml
  const schema = fleetFile({ file, currency: 'USD', buyer: 'the buyer' })
  const { value, issues } = salvage(schema, yaml.value.value)
  const problems = formatProblems(issues, schema, yaml.value)
  const contradictions = value ? contradictionsOf(value, yaml.value) : []
  if (problems.length + contradictions.length > 0 || !value)
    return failed(...inOrder([...problems, ...contradictions]))
  const twice = value.pools.findIndex(({ pool }, at) =>
    value.pools.some((other, n) => n < at && other.pool.id === pool.id),
  )
  if (twice >= 0)
    return failed(yaml.value.problemAt(['pools', twice], 'duplicateId', 'this pool is listed above already'))
  if (value.pools.length === 0)
    return failed(yaml.value.problemAt([], 'missingField', "a fleet lists its machines under 'pools'"))
  const { hardware: _, ...fleet } = value
  return ok(fleet)
}

function contradictionsOf(fleet: Fleet, text: YamlText): PlacedProblem[] {
  const hardware = new Set(
    [...fleet.pools.map(({ pool }) => pool.hardware), ...fleet.shapes.map((shape) => shape.hardware)].filter(
      (name) => name !== undefined,
    ),
  )
  const names = {
    hardware,
    agreements: undefined,
    tenants: undefined,
    pools: undefined,
    agreed: undefined,
    series: new Set<string>(),
    windows: undefined,
    nodes: undefined,
    cores: undefined,
  }
  return fleetProblems(fleet, { hardware, pools: undefined, nodes: undefined, agreed: undefined }).map(
    (problem) => text.problemAt(problem.path, problem.code, validationText(problem, names)),
  )
}
