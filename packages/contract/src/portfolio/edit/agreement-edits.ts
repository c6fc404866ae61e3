import { formatDate, type Instant } from '@offtake/core/base/instant'
import { stringify } from 'yaml'
import { readYaml } from '../yaml-text.ts'
import { type Step, setInYaml } from './set-in-yaml.ts'

/** The id that an agreement's file gives itself. */
export function agreementIdIn(text: string): string | undefined {
  const read = readYaml('', text)
  const id = read.ok ? fieldOf(read.value.value, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}

/** The file of an agreement of these fields. */
export function agreementText(fields: Readonly<Record<string, unknown>>): string {
  return stringify(fields, { lineWidth: 0 })
}

/** The file of a draft, signed on that day. Each of these edits gives nothing where the text does not allow it. */
export function signed(text: string, on: Instant): string | undefined {
  const marked = setInYaml(text, ['status'], 'signed')
  return marked && setInYaml(marked, ['signed'], formatDate(on))
}

/** Which tranche of which line. */
export interface TrancheAddress {
  readonly line: string
  readonly tranche: string
}

export function delivered(text: string, of: TrancheAddress, on: Instant): string | undefined {
  const path = trancheIn(text, of)
  return path && setInYaml(text, [...path, 'delivered'], formatDate(on))
}

/** With the day when it is now expected, and who says so. */
export function late(
  text: string,
  of: TrancheAddress,
  { expected, source }: { readonly expected: Instant; readonly source?: string },
): string | undefined {
  const path = trancheIn(text, of)
  const day = formatDate(expected)
  const yaml = source === undefined ? day : `{ value: ${day}, source: ${JSON.stringify(source)} }`
  return path && setInYaml(text, [...path, 'expected'], yaml)
}

export function exercised(text: string, option: string, on: Instant): string | undefined {
  const path = itemOf(valueIn(text), ['options'], option)
  return path && setInYaml(text, [...path, 'exercised'], formatDate(on))
}

function trancheIn(text: string, { line, tranche }: TrancheAddress): readonly Step[] | undefined {
  const value = valueIn(text)
  const path = itemOf(value, ['lines'], line)
  return path && itemOf(value, [...path, 'tranches'], tranche)
}

function valueIn(text: string): unknown {
  const read = readYaml('', text)
  return read.ok ? read.value.value : undefined
}

/** The path of the item of a list that has this id. */
function itemOf(value: unknown, list: readonly Step[], id: string): readonly Step[] | undefined {
  const items = list.reduce<unknown>((holder, step) => fieldOf(holder, step), value)
  const n = Array.isArray(items) ? items.findIndex((item) => fieldOf(item, 'id') === id) : -1
  return n < 0 ? undefined : [...list, n]
}

function fieldOf(holder: unknown, step: Step): unknown {
  return typeof holder === 'object' && holder !== null
    ? (holder as Record<string, unknown>)[String(step)]
    : undefined
}
