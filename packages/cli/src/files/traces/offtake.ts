import { type Instant, SECOND_MS } from '@offtake/core/base/instant'
import { failed, ok } from '@offtake/core/base/result'
import type { Gang } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import { MEMBER_FIELDS, offtakeRoles, type RoleRows } from './offtake-roles.ts'
import { elapsed, moment, type Read, timeSpan, wholeNumber, workOf } from './row-values.ts'
import type { Row, TableFormat } from './table-rows.ts'
import type { TraceFleet } from './trace-fleet.ts'

/** Offtake's own format; docs/traces.md says what each column means. */
export const OFFTAKE_COLUMNS = {
  required: ['submitted', 'duration'],
  optional: [
    'id',
    'accelerators',
    ...MEMBER_FIELDS,
    'roles',
    'tenant',
    'name',
    'priority',
    'hardware',
    'within',
    'limit',
    'checkpoint',
    'restart',
    'reclaimable',
    'movable',
    'sizes',
    'scaling',
    'resize',
    'settle',
  ],
  quoted: true,
} as const satisfies TableFormat

const PRIORITIES = { from: -1_000_000, to: 1_000_000 }

/** Reads one row, or one line of JSON, of which the roles come apart. */
export function offtakeJobs(fleet: TraceFleet): (row: Row, line: number, roles: RoleRows) => Read<Job> {
  const readRoles = offtakeRoles(fleet)
  return (row, line, roleRows) => {
    const submitted = submittedOf(row('submitted'))
    if (!submitted.ok) return submitted
    const workMs = durationOf(row('duration'))
    if (!workMs.ok) return workMs
    const roles = readRoles(row, roleRows)
    if (!roles.ok) return roles
    const terms = termsOf(row)
    if (!terms.ok) return terms
    const gang: Gang = {
      id: row('id') || `line-${line}`,
      tenant: row('tenant') || 'default',
      ...(row('name') !== '' && { name: row('name') }),
      roles: roles.value,
      ...terms.value,
    }
    return ok({ gang, submitted: submitted.value, workMs: workMs.value })
  }
}

/** A date, or seconds from the start of the trace. */
function submittedOf(text: string): Read<Instant> {
  return text.includes('-') ? moment(text, 'submitted') : elapsed(text, 'submitted', SECOND_MS)
}

function durationOf(text: string): Read<number> {
  if (text === '') return failed({ because: 'noDuration', field: 'duration' })
  const ms = timeSpan(text, 'duration')
  return ms.ok ? workOf(ms.value, 'duration') : ms
}

type Terms = Omit<Gang, 'id' | 'tenant' | 'roles'>

function termsOf(row: Row): Read<Terms> {
  const priority = wholeNumber(row('priority') || '0', 'priority', PRIORITIES)
  if (!priority.ok) return priority
  const restartMs = timeSpan(row('restart') || '0', 'restart')
  if (!restartMs.ok) return restartMs
  const reclaimable = yesOrNo(row('reclaimable') || 'true', 'reclaimable')
  if (!reclaimable.ok) return reclaimable
  const movable = movableOf(row('movable').toLowerCase())
  if (!movable.ok) return movable
  const limitMs = optionalSpan(row('limit'), 'limit')
  if (!limitMs.ok) return limitMs
  const checkpointMs = optionalSpan(row('checkpoint'), 'checkpoint')
  if (!checkpointMs.ok) return checkpointMs
  return ok({
    priority: priority.value,
    restartMs: restartMs.value,
    reclaimable: reclaimable.value,
    ...(movable.value !== undefined && { movable: movable.value }),
    ...(limitMs.value !== undefined && { limitMs: limitMs.value }),
    ...(checkpointMs.value !== undefined && { checkpointMs: checkpointMs.value }),
  })
}

function movableOf(text: string): Read<Gang['movable']> {
  if (text === '' || text === 'no') return ok(undefined)
  if (text === 'pool' || text === 'provider' || text === 'any') return ok(text)
  return failed({ because: 'malformed', field: 'movable' })
}

function optionalSpan(text: string, field: string): Read<number | undefined> {
  if (text === '') return ok(undefined)
  const ms = timeSpan(text, field)
  return ms.ok && ms.value === 0 ? failed({ because: 'malformed', field }) : ms
}

function yesOrNo(text: string, field: string): Read<boolean> {
  const word = text.toLowerCase()
  if (word === 'true' || word === 'yes') return ok(true)
  if (word === 'false' || word === 'no') return ok(false)
  return failed({ because: 'malformed', field })
}
