import { gangOf, type JobRequest } from '@offtake/contract/api/job'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { type Hopeless, Prospects } from '@offtake/core/allocation/prospects'
import { acceleratorsOf, type Gang } from '@offtake/core/demand/gang'
import { type GangLayout, gangLayout } from '@offtake/core/demand/gang-layout'
import { Problem } from '../problem.ts'

/** Which fields of a request say what hardware a role accepts, and how much is asked for. */
interface Fields {
  readonly hardware: (role: number) => string
  readonly size: string
}

/** Makes gangs of what is asked for, and names what could never run. */
export class Admission {
  readonly #prospects = new Prospects()

  /** What is asked for, and what says by a problem that it could never run as things are. */
  gangFor(
    state: AllocationState,
    request: JobRequest,
    id: string,
  ): { readonly gang: Gang; readonly check: (now: AllocationState) => void } {
    const gang = gangOf(request, id, layoutIn(state, request))
    const fields: Fields = {
      hardware: (role) => (request.roles?.[role]?.hardware ? `body.roles.${role}.hardware` : 'body.hardware'),
      size: request.accelerators === undefined ? 'body.roles' : 'body.accelerators',
    }
    return { gang, check: (now) => this.requireHope(now, gang, fields) }
  }

  /** A problem with its field where the gang could never start. */
  requireHope(state: AllocationState, gang: Gang, fields: Fields): void {
    const hopeless = this.#prospects.whyHopeless(state, gang)
    if (hopeless?.kind === 'noHardware') throw noHardware(state, gang, hopeless.role, fields)
    if (hopeless) throw invalid(fields.size, hopelessText(hopeless, gang))
  }
}

function hopelessText(hopeless: Exclude<Hopeless, { kind: 'noHardware' }>, gang: Gang): string {
  if (hopeless.kind === 'beyondQuota')
    return `${gang.tenant} may never hold so many accelerators, borrowed ones included: ${hopeless.most} at most`
  const needed = acceleratorsOf(gang)
  const nodes = hopeless.largest < needed ? '' : ', on nodes that do not suit its members'
  return `no pool could ever hold it: it needs ${needed} accelerators, and the largest pool that it accepts has ${hopeless.largest}${nodes}`
}

/** Members fit a node of whatever accepted hardware they get. */
function layoutIn(
  { pools }: AllocationState,
  { hardware }: JobRequest,
): (accelerators: number) => GangLayout {
  const names = hardware.map((accepted) => accepted.hardware)
  const sizes = pools
    .filter(({ pool }) => names.includes(pool.hardware))
    .flatMap(({ groups }) => groups.map(({ acceleratorsPerNode }) => acceleratorsPerNode))
  return (accelerators) =>
    sizes.length === 0
      ? { members: 1, acceleratorsPerMember: accelerators }
      : gangLayout(accelerators, Math.min(...sizes))
}

function noHardware({ pools }: AllocationState, { roles }: Gang, role: number, fields: Fields): Problem {
  const path = fields.hardware(role)
  const names = (roles[role]?.accepts ?? []).map((accepted) => accepted.hardware).join(' or ')
  const there = [...new Set(pools.map(({ pool }) => pool.hardware))].join(', ')
  const message = `no pool has ${names}${there === '' ? '' : `; there is ${there}`}`
  return new Problem('malformed', `${path}: ${message}`, [{ path, message }])
}

function invalid(path: string, message: string): Problem {
  return new Problem('invalid', `${path}: ${message}`, [{ path, message }])
}
