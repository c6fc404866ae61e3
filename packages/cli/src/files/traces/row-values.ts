import {
  DAY_MS,
  HOUR_MS,
  type Instant,
  instant,
  MINUTE_MS,
  parseInstant,
  SECOND_MS,
} from '@offtake/core/base/instant'
import { failed, ok, type Result } from '@offtake/core/base/result'
import type { RejectionCause } from '@offtake/core/simulation/trace'

/** Why a value of a row cannot be used. */
export interface ValueProblem {
  readonly because: RejectionCause
  readonly field: string
}

export type Read<Value> = Result<Value, ValueProblem>

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/
const LONGEST_MS = 100 * 366 * DAY_MS
const LATEST = Date.UTC(2200, 0, 1)
const MOST_ACCELERATORS = 1_000_000_000

function malformed(field: string): Read<never> {
  return failed({ because: 'malformed', field })
}

/** A running time in units of so many milliseconds, at least one millisecond; zero counts as none. */
export function workTime(text: string, field: string, unitMs: number): Read<number> {
  if (text === '' || /^(nan|null|none)$/i.test(text)) return failed({ because: 'noDuration', field })
  if (!NUMBER.test(text)) return malformed(field)
  return workOf(Number(text) * unitMs, field)
}

/** Milliseconds of work as far as they are sensible. */
export function workOf(ms: number, field: string): Read<number> {
  if (ms === 0) return failed({ because: 'noDuration', field })
  if (!(ms > 0 && ms <= LONGEST_MS)) return malformed(field)
  return ok(Math.max(1, Math.round(ms)))
}

/** A number of accelerators: whole and above zero. */
export function size(text: string, field: string): Read<number> {
  if (text === '' || Number(text) === 0) return failed({ because: 'noSize', field })
  return wholeNumber(text, field, { from: 1, to: MOST_ACCELERATORS })
}

export function wholeNumber(
  text: string,
  field: string,
  { from, to }: { readonly from: number; readonly to: number },
): Read<number> {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isInteger(value) && value >= from && value <= to ? ok(value) : malformed(field)
}

/** A number from 0 on, to a thousandth. */
export function thousandths(text: string, field: string, to: number): Read<number> {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return value >= 0 && value <= to && Math.round(value * 1000) / 1000 === value ? ok(value) : malformed(field)
}

/** A date with or without a time of day; UTC where it names no zone. */
export function moment(text: string, field: string): Read<Instant> {
  if (text === '') return failed({ because: 'noTime', field })
  const at = parseInstant(text)
  return at === undefined ? malformed(field) : within(at, field)
}

/** Time since the start of the trace, which is taken to be the start of 1970. */
export function elapsed(text: string, field: string, unitMs: number): Read<Instant> {
  if (text === '') return failed({ because: 'noTime', field })
  return NUMBER.test(text) ? within(Math.round(Number(text) * unitMs), field) : malformed(field)
}

function within(ms: number, field: string): Read<Instant> {
  return ms >= 0 && ms < LATEST ? ok(instant(ms)) : malformed(field)
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
}
const WITH_UNITS = /^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/

/** `90`, which are seconds, or `90s`, `15m`, `1h30m`, `2d`, in milliseconds. */
export function timeSpan(text: string, field: string): Read<number> {
  const compact = text.replaceAll(' ', '')
  const ms = NUMBER.test(compact) ? Number(compact) * SECOND_MS : sumOfUnits(compact)
  return ms >= 0 && ms <= LONGEST_MS ? ok(Math.round(ms)) : malformed(field)
}

function sumOfUnits(text: string): number {
  if (!WITH_UNITS.test(text)) return Number.NaN
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS_MS[unit ?? ''] ?? 0), 0)
}
