import { gangOf, type JobRequest } from '@offtake/contract/api/job'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { Prospects } from '@offtake/core/allocation/prospects'
import { acceleratorsOf, type Gang } from '@offtake/core/demand/gang'
import { type GangLayout, gangLayout } from '@offtake/core/demand/gang-layout'
import { Problem } from '../problem.ts'

/** Makes gangs of what is asked for, and names what could never run. */
export class Admission {
  readonly #prospects = new Prospects()

  gangFor(state: AllocationState, request: JobRequest, id: string): Gang {
    const gang = gangOf(request, id, layoutIn(state, request))
    const hopeless = this.#prospects.whyHopeless(state, gang)
    switch (hopeless?.kind) {
      case undefined:
        return gang
      case 'noHardware':
        throw noHardware(state, request, hopeless.role)
      case 'neverFits':
        throw invalid(
          sizePath(request),
          `no pool could ever hold it: it needs ${acceleratorsOf(gang)} accelerators, and the largest pool that it accepts has ${hopeless.largest}${hopeless.largest < acceleratorsOf(gang) ? '' : ', on nodes that do not suit its members'}`,
        )
      case 'beyondQuota':
        throw invalid(
          sizePath(request),
          `${request.tenant} may never hold so many accelerators, borrowed ones included: ${hopeless.most} at most`,
        )
    }
  }
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

function noHardware({ pools }: AllocationState, { hardware, roles }: JobRequest, role: number): Problem {
  const own = roles?.[role]?.hardware
  const path = own ? `body.roles.${role}.hardware` : 'body.hardware'
  const names = (own ?? hardware).map((accepted) => accepted.hardware).join(' or ')
  const there = [...new Set(pools.map(({ pool }) => pool.hardware))].join(', ')
  const message = `no pool has ${names}${there === '' ? '' : `; there is ${there}`}`
  return new Problem('malformed', `${path}: ${message}`, [{ path, message }])
}

function sizePath({ accelerators }: JobRequest): string {
  return accelerators === undefined ? 'body.roles' : 'body.accelerators'
}

function invalid(path: string, message: string): Problem {
  return new Problem('invalid', `${path}: ${message}`, [{ path, message }])
}
