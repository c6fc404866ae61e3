import type { Agreement, Instrument } from '@offtake/core/agreements/agreement'

const KINDS = {
  capacity: 'capacity',
  spend: 'spend',
  onDemand: 'on demand',
  spot: 'spot',
  owned: 'owned',
  backstop: 'backstop',
  letterOfIntent: 'letter',
} as const satisfies Record<Instrument, string>

/** What kind of promise an agreement is, in a word or two. */
export function instrumentText({ instrument }: Pick<Agreement, 'instrument'>): string {
  return KINDS[instrument]
}
