import { countText } from '../../../parts/number-text.ts'
import type { FleetModel } from './fleet-model.ts'

/** A domain in words. */
export interface DomainText {
  readonly title: string
  readonly lines: readonly string[]
}

/** What is to be said of a domain where somebody points at it. */
export function domainText({ state }: FleetModel, at: number): DomainText | undefined {
  const pool = state.poolAt(at)
  if (!pool) return undefined
  const of = (column: Parameters<typeof state.value>[0]): number => state.value(column, at)
  const total = of('total')
  const title = `Domain ${at - pool.offset} of ${pool.id}, block ${of('block')}`
  if (total === 0) return { title, lines: ['Not there any more'] }
  const tenant = state.tenantAt(at)
  const held = `${countText(of('held'))} of ${countText(total)} accelerators held`
  const lines = [of('held') > 0 && tenant !== undefined ? `${held}, most of them by ${tenant}` : held]
  if (of('free') > 0) lines.push(`${countText(of('free'))} free`)
  if (of('borrowed') > 0) lines.push(`${countText(of('borrowed'))} of those held are borrowed`)
  if (of('askedBack') > 0) lines.push(`${countText(of('askedBack'))} are asked back`)
  const states = [
    ['draining', 'draining'],
    ['out', 'out of service'],
    ['failed', 'failed'],
    ['spare', 'standing by'],
  ] as const
  const nodes = states.flatMap(([column, word]) => (of(column) > 0 ? [`${of(column)} ${word}`] : []))
  if (nodes.length > 0) lines.push(`Nodes: ${nodes.join(', ')}`)
  return { title, lines }
}
