import { type Instant, parseInstant } from '@offtake/core/base/instant'
import { InvalidArgumentError, Option } from 'commander'

/** An option that takes a date, `2027-03-01` or `2027-03`. */
export function dateOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text): Instant => {
    const at = parseInstant(text)
    if (at === undefined) throw new InvalidArgumentError('It is no date: write for instance 2027-03-01.')
    return at
  })
}
