import type { AgreementProblem } from '@offtake/core/agreements/validate'
import { unreachable } from '@offtake/core/base/assert'
import { formatInstant, HOUR_MS, type Instant } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import { WHOLE } from '@offtake/core/base/quantity'
import type { Span } from '@offtake/core/base/span'
import type { FleetProblem } from '@offtake/core/capacity/validate'
import type { DemandProblem } from '@offtake/core/demand/validate'
import type { BookingProblem } from '@offtake/core/demand/validate-booking'
import type { SettingsProblem } from '@offtake/core/simulation/validate'
import type { KnownNames } from './known-names.ts'
import { suggestion } from './nearest.ts'

export type ValidationProblem =
  | AgreementProblem
  | FleetProblem
  | DemandProblem
  | BookingProblem
  | SettingsProblem

/** A problem in the buyer's words. */
export function validationText(problem: ValidationProblem, names: KnownNames): string {
  switch (problem.code) {
    case 'reversedDates':
      return `ends on ${day(problem.until)}, which is not after its start on ${day(problem.start)}`
    case 'trancheOutsideTerm':
      return `${day(problem.at)} is outside the agreement's term, ${stretch(problem.term)}`
    case 'duplicateId':
      return `two of the ${problem.what} have the id '${problem.id}'`
    case 'optionOutsideWindow':
      return `exercised on ${day(problem.exercised)}, outside the option's window, ${stretch(problem.window)}`
    case 'extensionWithoutMonths':
      return `option '${problem.option}' was exercised but does not say by how many months it extends`
    case 'currencyMix':
      return `${problem.found}, but the portfolio is in ${problem.expected}: sums are never mixed`
    case 'rampNotWhole':
      return `the shares of the ramp add up to ${problem.sumPpm / WHOLE}, not to 1`
    case 'rampOfOtherLength':
      return `the ramp has ${problem.found} shares, but the term has ${problem.expected} intervals`
    case 'floorAboveCap':
      return `the floor ${formatMoney(problem.floor)} is above the cap ${formatMoney(problem.cap)}`
    case 'seriesBeginsLate':
      return `prices of '${problem.series}' begin on ${day(problem.from)}, after the agreement does`
    case 'indexOfOtherUnit':
      return `an index is a price per accelerator-hour: a price of another kind cannot follow '${problem.series}'`
    case 'pricesTooLarge':
      return `with this line, all that is bought could cost more than ${problem.mostMicrosPerHour / 1_000_000n} an hour: sums beyond that are not exact`
    case 'overlappingExclusivities':
      return exclusivitiesText(problem)
    case 'lossesWithoutSpot':
      return `only spot capacity is taken back, and this agreement's instrument is ${problem.instrument}`
    case 'overlapWithItself':
      return 'an agreement does not overlap with itself'
    case 'bindingLetterOfIntent':
      return 'a letter of intent is not binding; if it is, it is another instrument'
    case 'draftWithSignature':
      return `signed on ${day(problem.signed)}, but its status is 'draft'`
    case 'nodeTooLarge':
      return `a node of ${problem.accelerators} accelerators: one that states its cores or memory has ${problem.most} at most`
    case 'shapeTwice':
      return `'${problem.of}' has two shapes`
    case 'shapeOfListedPool':
      return `'${problem.pool}' is brought by no agreement: its machines are listed, and say themselves how they are built`
    case 'failuresTwice':
      return `how often the nodes of '${problem.of}' fail is said twice`
    case 'upkeepTwice':
      return `how '${problem.of}' is kept up is said twice`
    case 'sparesFillDomain':
      return `${problem.spares} of each domain stand by, but '${problem.of}' has domains of ${problem.largestDomain} at most: no node would work`
    case 'windowOutsideHorizon':
      return `the window, ${stretch(problem.window)}, is not within the horizon, ${stretch(problem.horizon)}`
    case 'yearTwice':
      return `revenue of ${problem.year} is there twice`
    case 'dividesByNothing':
      return 'a sum is not set against 0'
    default:
      return isUnknownName(problem) ? unknownText(problem, names) : workText(problem)
  }
}

type UnknownName = Extract<ValidationProblem, { code: `unknown${string}` }>

type WorkProblem = Exclude<BookingProblem, UnknownName | { readonly code: 'reversedDates' }>

function isUnknownName(problem: UnknownName | WorkProblem): problem is UnknownName {
  return problem.code.startsWith('unknown')
}

function workText(problem: WorkProblem): string {
  switch (problem.code) {
    case 'tenantCycle':
      return `tenants are their own parents in a circle: ${problem.members.join(' → ')}`
    case 'poolTwice':
      return `the pool '${problem.pool}' has two quotas`
    case 'acceptsNothing':
      return 'accepts no hardware at all'
    case 'noPoolEver':
      return `no pool ever has ${problem.accepts.join(' or ')}: the work would wait for ever`
    case 'memberLargerThanNode':
      return `a member has ${problem.accelerators} accelerators, but the largest node that it accepts has ${problem.largestNode}`
    case 'memberNeedsMoreThanNode':
      return `a member needs ${problem.needed} ${problem.of === 'cpuCores' ? 'cores' : 'MiB of memory'}, but the largest node that it accepts has ${problem.largestNode}`
    case 'replicaTooFarApart':
      return `a replica has ${problem.members} members within one ${problem.level}, but the largest that it accepts holds ${problem.most}`
    case 'spreadImpossible':
      return `needs at least ${problem.needed} ${problem.over}s with hardware that it accepts, but there ${problem.found === 1 ? 'is' : 'are'} ${problem.found} in all`
    case 'windowTooFarApart':
      return `a window has ${problem.members} members within one ${problem.level}, but the largest that it accepts holds ${problem.most}`
    case 'windowMeetsItself':
      return `comes back before it is over: it lasts ${hours(problem.lastsMs)}, and comes back every ${hours(problem.everyMs)}`
    case 'windowTooOften':
      return `comes back ${problem.times} times within the window that is played, and at most ${problem.most} can be booked: say times, or another window`
    case 'poolNotAccepted':
      return `'${problem.pool}' has no ${problem.accepts.join(' or ')}, which is all that the window accepts`
    case 'notItsWindow':
      return `the window '${problem.window}' is that of '${problem.owner}', which is neither its tenant nor above it`
    case 'roleTooFarApart':
      return `a role has ${problem.members} members within one ${problem.level}, but the largest that it accepts holds ${problem.most}`
    case 'roleTwice':
      return `two roles are called '${problem.role}'; the workers are called 'worker'`
    case 'restartsWithoutSaving':
      return 'a gang that loads its last save when its size changes must save its work: say checkpoint'
    case 'elasticShares':
      return 'workers that share accelerators run at one size'
    case 'roleWithoutCores':
      return `no pool ever has CPU cores beside ${problem.accepts.join(' or ')}: the work would wait for ever`
    case 'stepsOutOfOrder':
      return 'steps stand in order of time, no two at once'
    default:
      return unreachable(problem)
  }
}

function unknownText(problem: UnknownName, names: KnownNames): string {
  switch (problem.code) {
    case 'unknownHardware':
      return unknown('hardware', problem.hardware, names.hardware)
    case 'unknownSeries':
      return unknown('series of prices', problem.series, names.series)
    case 'unknownAgreement':
      return unknown('agreement', problem.id, names.agreements)
    case 'unknownParent':
      return unknown('tenant', problem.parent, names.tenants)
    case 'unknownTenant':
      return unknown('tenant', problem.tenant, names.tenants)
    case 'unknownProvider':
      return problem.region === undefined
        ? unknown('provider', problem.provider, providersOf(names))
        : `'${problem.provider}' has no pool in a region '${problem.region}'`
    case 'unknownWindow':
      return unknown('window', problem.window, names.windows)
    case 'unknownPool':
      return `${unknown('pool', problem.pool, names.pools)}; a pool is provider/region/hardware, or '*' for all`
    default:
      return unreachable(problem)
  }
}

function unknown(what: string, name: string, known: ReadonlySet<string> = new Set()): string {
  return `no ${what} is called '${name}'${suggestion(name, known)}`
}

function providersOf({ pools = new Set() }: KnownNames): Set<string> {
  return new Set([...pools].map((id) => id.split('/')[0] ?? id))
}

function exclusivitiesText({
  parties: [mine, theirs],
  scope,
  agreement,
}: Extract<AgreementProblem, { code: 'overlappingExclusivities' }>): string {
  return `'${scope}' is exclusive to ${mine} and at the same time, in '${agreement}', to ${theirs}`
}

function day(at: number): string {
  return formatInstant(at as Instant)
}

function hours(ms: number): string {
  return `${Math.round((10 * ms) / HOUR_MS) / 10} h`
}

function stretch({ start, until }: Span): string {
  return `${day(start)} to ${day(until)}`
}
