import { MINUTE_MS } from '@offtake/core/base/instant'
import { failed, ok } from '@offtake/core/base/result'
import { type Elastic, elasticProblem, type RoleSize } from '@offtake/core/demand/elastic'
import type { Role } from '@offtake/core/demand/gang'
import { type Read, timeSpan } from './row-values.ts'
import type { Row } from './table-rows.ts'

/** What a row says beside `sizes`: of the gang as a whole. */
export const ELASTIC_FIELDS: readonly string[] = ['sizes', 'scaling', 'resize', 'settle']

const SETTLE_MS = 10 * MINUTE_MS
const SIZES_MOST = 1000
const SIZE = /^(\d+)(?:\.\.(\d+)\/(\d+))?(?:=(\d+(?:\.\d+)?))?$/

/**
 * The sizes of a role in accelerators: `64|128|256`, `64..256/64` for every 64th, each with a speed of its own or one that
 * follows from `scaling`. Nothing where the role has but one size.
 */
export function elasticOf(sizes: string, row: Row, role: Role): Read<Elastic | undefined> {
  if (sizes === '') return ok(undefined)
  const scaling = /^\d+(\.\d+)?$/.test(row('scaling') || '1') ? Number(row('scaling') || '1') : Number.NaN
  if (!(scaling >= 0 && scaling <= 1)) return failed({ because: 'malformed', field: 'scaling' })
  const resize = (row('resize') || 'live').toLowerCase()
  if (resize !== 'live' && resize !== 'restart') return failed({ because: 'malformed', field: 'resize' })
  const settle = row('settle') === '' ? ok(SETTLE_MS) : timeSpan(row('settle'), 'settle')
  if (!settle.ok) return settle
  const table = sizesOf(sizes, role, scaling)
  if (!table) return failed({ because: 'malformed', field: 'sizes' })
  const elastic = { sizes: table, restarts: resize === 'restart', settleMs: settle.value }
  const isGood = elasticProblem(elastic, role.acceleratorsPerMember) === undefined
  if (!isGood) return failed({ because: 'malformed', field: 'sizes' })
  const saves = !elastic.restarts || row('checkpoint') !== ''
  return saves ? ok(elastic) : failed({ because: 'malformed', field: 'resize' })
}

/** Each is of whole members. */
function sizesOf(text: string, role: Role, scaling: number): RoleSize[] | undefined {
  const each = role.acceleratorsPerMember
  const sizes: RoleSize[] = []
  for (const part of text.split('|')) {
    const [, first, last = first, step = '1', speed] = SIZE.exec(part.trim()) ?? []
    const [from, to, by] = [Number(first), Number(last), Number(step)]
    if (first === undefined || by === 0 || to < from || (to - from) / by > SIZES_MOST) return undefined
    for (let accelerators = from; accelerators <= to; accelerators += by) {
      const members = accelerators / each
      if (!Number.isInteger(members) || sizes.length === SIZES_MOST) return undefined
      sizes.push({
        members,
        speed: speed === undefined ? (members / role.members) ** scaling : Number(speed),
      })
    }
  }
  return sizes
}
