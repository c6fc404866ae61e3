import { join } from 'node:path'
import { formatCount } from '@offtake/contract/text/format-number'
import { sumColumn } from '@offtake/contract/text/money-text'
import { DAY_MS, formatDate } from '@offtake/core/base/instant'
import { excess, within } from '@offtake/core/base/step-function'
import { addTimelines, peakOf } from '@offtake/core/capacity/timeline'
import type { Maturities } from '@offtake/core/finance/obligation-summary'
import type { OutageEffect } from '@offtake/core/simulation/outage-observer'
import type { RunResult } from '@offtake/core/simulation/run-result'
import type { Summary } from '@offtake/core/simulation/summary'
import pc from 'picocolors'
import type { Output } from './output.ts'
import { amountText } from './report/amount-text.ts'
import { REPORT_FILE } from './results/result-files.ts'
import { spendingRows, spotRows } from './spending-rows.ts'
import { scopeText, stretchText } from './text/outage-text.ts'
import { fitted } from './text/text-width.ts'
import { windowRefusalText } from './text/window-text.ts'

const WIDTH = 80
const PROVIDERS_MAX = 8
const NO_BREAK = '\u00a0'

/** What came of a run, for one screen of a terminal: from what was signed to where the report lies. */
export function printRun(result: RunResult, summary: Summary, folder: string, output: Output): void {
  const { portfolio, horizon, obligations } = summary
  output.print(pc.bold(portfolio))
  output.print(`${horizon.start} to ${horizon.until}, as of ${obligations.asOf}`)
  output.print('')
  const rows = [
    ['signed', signedText(summary)],
    ['arrives', arrivesText(result, summary)],
    ...quotas(summary),
    ...whatIf(result),
    ['played', playedText(summary)],
    ['waited', waitedText(summary)],
    ['used', usedText(summary)],
    ...refused(summary),
    ...booked(result),
    ...failed(summary),
    ...outages(result),
    ...spotRows(result),
    ...survival(result),
    ['cost', costText(summary)],
    ...spendingRows(result),
    ['owed', owedText(summary)],
    ...beside(summary),
    ['assumed', assumedText(summary)],
    ['checks', checksText(summary)],
  ]
  const table = fitted({ head: ['', ''], rows }, WIDTH)
  output.table(
    [],
    table.rows.map(([name = '', text = '']) => [pc.dim(name), text]),
  )
  if (result.obligations.counted.total.micros > 0n) printProviders(result, output)
  output.print('')
  output.print(`The report: ${join(folder, REPORT_FILE)}`)
}

function signedText({ agreements }: Summary): string {
  const providers = new Set(agreements.map(({ provider }) => provider)).size
  const count = (standing: string): number =>
    agreements.filter((agreement) => agreement.standing === standing).length
  const standings = [
    [count('counted'), 'counted'],
    [count('overlapping'), 'overlapping'],
    [count('notBinding'), 'not binding'],
    [count('contingent'), 'contingent'],
    [count('draft'), 'not signed'],
  ] as const
  const parts = standings.flatMap(([number, name]) => (number > 0 ? [`${number} ${name}`] : []))
  if (agreements.length === 0) return 'nothing'
  return `${plural(agreements.length, 'agreement')} with ${plural(providers, 'provider')}: ${parts.join(', ')}`
}

function arrivesText({ capacity, portfolio: { horizon } }: RunResult, summary: Summary): string {
  const { peakAccelerators, peakAt } = summary.capacity
  if (!peakAt) return 'nothing'
  const { promised, delivered } = addTimelines(capacity)
  const missing = peakOf(within(excess(promised, delivered), horizon), horizon)
  const late = missing
    ? `at worst ${formatCount(missing.accelerators)} late, from ${formatDate(missing.at)} on`
    : 'none late'
  return `up to ${amountText(peakAccelerators, { kind: 'accelerators' })}, the most from ${peakAt} on; ${late}`
}

const POOLS_TOLD_MAX = 3

/** Where tenants own more than there is, those furthest beyond first. */
function quotas({ overpromised = [] }: Summary): string[][] {
  const rows = overpromised
    .toSorted((a, b) => b.quotas - b.most - (a.quotas - a.most))
    .map(({ pool, quotas, most }) => {
      const name = pool === '*' ? 'all pools together' : pool
      return [
        'quotas',
        `${name}: tenants own ${formatCount(quotas)}, of at most ${formatCount(most)} accelerators`,
      ]
    })
  const more = rows.length - POOLS_TOLD_MAX
  if (more <= 0) return rows
  return [...rows.slice(0, POOLS_TOLD_MAX), ['quotas', `${plural(more, 'more pool')} likewise`]]
}

function whatIf({ slips }: RunResult): string[][] {
  const late = [...slips].map(([what, ms]) => `${what} ${plural(Math.round(ms / DAY_MS), 'day')} late`)
  return late.length > 0 ? [['what if', late.join(', ')]] : []
}

function playedText({ window, seed, policy, allocation }: Summary): string {
  const { gangs, nodeFailures, nodesSlowed = 0, resizes = 0, moves = 0, events } = allocation
  const counts = [
    plural(gangs, 'gang'),
    ...(nodeFailures > 0 ? [plural(nodeFailures, 'failure')] : []),
    ...(nodesSlowed > 0 ? [`${plural(nodesSlowed, 'node')} slowed`] : []),
    ...(resizes > 0 ? [`${formatCount(resizes)} ${resizes === 1 ? 'change' : 'changes'} of size`] : []),
    ...(moves > 0 ? [plural(moves, 'move')] : []),
    plural(events, 'event'),
  ]
  return `${window.start} to ${window.until}, seed ${seed}, policy ${policy}: ${counts.join(', ')}`
}

function waitedText({ allocation: { started, waiting, waitHours } }: Summary): string {
  if (started === 0) return `no gang started; ${plural(waiting, 'gang')} still waiting`
  const hours = (value: number): string => amountText(value, { kind: 'hours' })
  const still =
    waiting === 0 ? 'none still waits' : `${formatCount(waiting)} still wait${waiting === 1 ? 's' : ''}`
  const late = waitHours.p99 === 0 ? '' : `, over ${hours(waitHours.p99)} for one gang in a hundred`
  return `${hours(waitHours.mean)} on average${late}; ${plural(started, 'gang')} started, ${still}`
}

function usedText({ usage: { idleHours, promisedHours }, allocation }: Summary): string {
  const [cause, hours = 0] = Object.entries(idleHours).sort(([, a], [, b]) => b - a)[0] ?? []
  const used = `${share(allocation.utilisation)} of the accelerators in service`
  const name = cause === undefined ? undefined : CAUSES[cause]
  return name && hours > 0 && promisedHours > 0 ? `${used}; most idle time ${name}` : used
}

/** Nothing where no node failed. */
function failed({ allocation: { nodeFailures, preemptions }, years }: Summary): string[][] {
  if (nodeFailures === 0) return []
  const sum = (hours: readonly number[]): number => hours.reduce((total, each) => total + each, 0)
  const used = sum(years.map(({ usedHours }) => usedHours))
  const lost = sum(years.map(({ lostHours }) => lostHours))
  const part = used > 0 ? `, which lost ${share(lost / used)} of the time used` : ''
  return [['failed', `${plural(nodeFailures, 'node')}; ${plural(preemptions, 'eviction')} in all${part}`]]
}

const BOOKED_MAX = 6

/** Those that were refused first: somebody counts on them. */
function booked({ bookings }: RunResult): string[][] {
  const rows = [...bookings].sort((a, b) => Number(b.refused !== undefined) - Number(a.refused !== undefined))
  const told = rows.slice(0, BOOKED_MAX).map(({ id, refused, accelerators = 0, opened, gangsStopped }) => {
    if (refused) return ['booked', `${id}: refused, ${windowRefusalText(refused)}`]
    const stopped = gangsStopped > 0 ? `, ${plural(gangsStopped, 'gang')} stopped for it` : ''
    const times = opened === 1 ? 'once' : `${formatCount(opened)} times`
    return ['booked', `${id}: ${formatCount(accelerators)} accelerators, open ${times}${stopped}`]
  })
  const more = rows.length - told.length
  return more > 0 ? [...told, ['booked', `and ${formatCount(more)} more`]] : told
}

/** Gangs that could never run as they are, by cause; nothing where there were none. */
function refused({ allocation: { refusedGangs = {} } }: Summary): string[][] {
  return Object.entries(refusedGangs).map(([cause, gangs]) => [
    'refused',
    `${plural(gangs, 'gang')}: ${GANG_REFUSALS[cause] ?? cause}`,
  ])
}

const GANG_REFUSALS: Readonly<Record<string, string>> = {
  unknownWindow: 'the window that they name was refused',
  malformed: 'what they ask for is beyond what can be counted',
}

const OUTAGES_MAX = 3

/** Each of few outages by itself; many together. */
function outages({ outages: all }: RunResult): string[][] {
  const [only] = all
  if (!only) return []
  const sum = (part: (outage: OutageEffect) => number): number =>
    all.reduce((total, outage) => total + part(outage), 0)
  const effect = (gangs: number, out: number, lost: number): string =>
    `${hoursText(out)} out of service, ${plural(gangs, 'gang')} stopped, ${hoursText(lost)} of work lost`
  const rows = all.map((outage) => {
    const { gangsStopped, outHours, lostHours, restarted, meanHoursToRestart } = outage
    const again =
      restarted === 0
        ? ''
        : `; ${restarted === gangsStopped ? 'all' : formatCount(restarted)} ran again, after ${amountText(meanHoursToRestart, { kind: 'hours' })} on average`
    const what = `${scopeText(outage.of)}, ${stretchText(outage)}`
    return ['out', `${what}: ${effect(gangsStopped, outHours, lostHours)}${again}`]
  })
  if (rows.length <= OUTAGES_MAX) return rows
  const whole = effect(
    sum(({ gangsStopped }) => gangsStopped),
    sum(({ outHours }) => outHours),
    sum(({ lostHours }) => lostHours),
  )
  return [['out', `${plural(all.length, 'outage')}: ${whole}`]]
}

/** What the loss of any one would leave of those that are kept apart. */
function survival({ survival: groups }: RunResult): string[][] {
  return groups.map(({ group, over, meanShare, most, mostSurviving }) => [
    'spread',
    `${group}: the loss of any one ${over} would leave ${share(meanShare)} on average, ${formatCount(mostSurviving)} of ${formatCount(most)} when most ran`,
  ])
}

function hoursText(hours: number): string {
  return `${formatCount(hours)} accelerator-hours`
}

const CAUSES: Readonly<Record<string, string>> = {
  noDemand: 'had no demand',
  tooFew: 'was too few at once for those who waited',
  fragmented: 'lay where those who waited did not fit',
  draining: 'was kept for those who waited',
  broken: 'was broken',
  late: 'came late',
}

function costText({ cost, currency }: Summary): string {
  const sum = sumIn(currency)
  const parts = [
    `${sum(cost.charged)} within the horizon, ${sum(cost.chargedInWindow)} within the window played`,
    cost.idle > 0 ? `${sum(cost.idle)} of it for idle time` : '',
    cost.trueUp > 0 ? `${sum(cost.trueUp)} for missed commitments` : '',
    cost.credits < 0 ? `${sum(-cost.credits)} credited` : '',
    cost.prepaidLeft > 0 ? `${sum(cost.prepaidLeft)} paid ahead that no bill draws` : '',
  ]
  return parts.filter((part) => part !== '').join('; ')
}

function owedText({ obligations, coverage, currency }: Summary): string {
  const sum = sumIn(currency)
  if (obligations.total === 0) return 'nothing, whatever happens'
  const [worst] = [...coverage].sort((a, b) => (b.multiple ?? 0) - (a.multiple ?? 0))
  const against = worst?.multiple
    ? `; ${worst.multiple.toFixed(2)}${NO_BREAK}×${NO_BREAK}revenue in ${worst.year}`
    : ''
  const due = obligations.under1y === obligations.total ? 'all of it' : `${sum(obligations.under1y)} of it`
  return `${sum(obligations.total)} whatever happens, ${due} within a year${against}`
}

/** Sums that are no part of what is owed, and must not be added to it. */
function beside({ obligations, currency }: Summary): string[][] {
  const { overlapping, nonBinding, contingent } = obligations
  const sum = sumIn(currency)
  const parts = [
    overlapping > 0 ? `${sum(overlapping)} overlap it` : '',
    nonBinding > 0 ? `${sum(nonBinding)} bind nobody` : '',
    contingent > 0 ? `${sum(contingent)} are contingent` : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? [['beside it', `${parts.join(', ')}: never added`]] : []
}

function assumedText({ assumedShare, assumedShareWithDates, obligations }: Summary): string {
  if (obligations.total === 0) return 'nothing is owed'
  if (assumedShare === 1) return 'all of what is owed rests on assumed amounts'
  return `${share(assumedShare)} of what is owed rests on assumed amounts, ${share(assumedShareWithDates)} on amounts or dates`
}

function checksText({ checks }: Summary): string {
  const failing = checks.filter(({ holds }) => !holds)
  if (checks.length === 0) return 'none stated'
  const first = failing[0]
  const count =
    failing.length === 0
      ? checks.length === 1
        ? 'the one check holds'
        : `all ${checks.length} hold`
      : `${checks.length - failing.length} of ${checks.length} hold`
  return first ? `${count}; not: ${failing.map(({ name }) => name).join('; ')}` : count
}

function printProviders(result: RunResult, output: Output): void {
  const { counted, currency } = result.obligations
  const column = sumColumn([counted.total], currency)
  const texts = ({ total, under1y, from1to3y, from3to5y, over5y }: Maturities): string[] =>
    [total, under1y, from1to3y, from3to5y, over5y].map(column.text)
  const shown = counted.byProvider.slice(0, PROVIDERS_MAX)
  const hidden = counted.byProvider.length - shown.length
  output.print('')
  output.table(
    [`owed, ${column.unit}`, 'total', 'under 1 y', '1–3 y', '3–5 y', 'over 5 y'],
    [
      ...shown.map((row) => [row.provider, ...texts(row)]),
      [hidden > 0 ? `all, ${hidden} more too` : 'all', ...texts(counted)],
    ],
  )
}

function sumIn(currency: string): (value: number) => string {
  return (value) => amountText(value, { kind: 'money', currency })
}

function share(value: number): string {
  return amountText(value, { kind: 'share' })
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
