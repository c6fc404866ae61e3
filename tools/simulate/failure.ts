import type { DrawnHistory } from '@offtake/core/simulation/histories/draw-history'
import { playHistory } from '@offtake/core/simulation/histories/play-history'

/** What a history breaks first. */
export interface Failure {
  readonly rule: string
  readonly details: string
}

/** Plays a history; an assertion of the code itself that does not hold is a failure as well. */
export function failureOf(history: DrawnHistory): Failure | undefined {
  try {
    const [breach] = playHistory(history).breaches
    return breach && { rule: breach.rule, details: JSON.stringify(breach) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { rule: error.message, details: error.stack ?? error.message }
  }
}

/** The failure with the line that replays it and the shortened history: its jobs and commands, one a line. */
export function failureText(seed: string, { rule, details }: Failure, shortened: DrawnHistory): string {
  const { policy, tenants, reclaimNoticeMs, commands, jobs, isCalm } = shortened
  const settings = { policy: policy.name, isCalm, reclaimNoticeMs, tenants }
  const lines = [settings, ...commands, ...jobs].map((part) => `  ${JSON.stringify(part)}`)
  return [
    `seed ${seed} breaks ${rule}`,
    details,
    `npm run simulate -- ${seed}`,
    `shortened to ${commands.length} commands and ${jobs.length} jobs:`,
    ...lines,
  ].join('\n')
}
