import type { Unit } from './chart.ts'

interface Scale {
  readonly name: string
  readonly size: number
  readonly digits: number
}

const SCALES: readonly Scale[] = [
  { name: 'tn', size: 1e12, digits: 2 },
  { name: 'bn', size: 1e9, digits: 1 },
  { name: 'm', size: 1e6, digits: 1 },
]
const WHOLE: Scale = { name: '', size: 1, digits: 0 }

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0'

/** A value with its unit, for sentences and tooltips: `38.0 bn USD`, `1,234 accelerators`, `78.9 %`, `20.6 h`, `5 min`. */
export function amountText(value: number, unit: Unit): string {
  switch (unit.kind) {
    case 'money':
      return joined(scaled(value, scaleOf(value)), scaleOf(value).name, unit.currency)
    case 'accelerators':
      return `${grouped(value, 0)}${NO_BREAK}accelerator${Math.round(value) === 1 ? '' : 's'}`
    case 'hours':
      return hoursText(value)
    case 'share':
      return `${grouped(value * 100, value === 0 || value === 1 ? 0 : 1)}${NO_BREAK}%`
  }
}

/** How an axis is labelled: one scale for all of it, and what the numbers are in. */
export interface AxisText {
  readonly title: string
  label(value: number): string
}

export function axisText(largest: number, unit: Unit): AxisText {
  const scale = scaleOf(largest)
  const label = (value: number): string => grouped(value / scale.size, fewestDigits(value / scale.size))
  switch (unit.kind) {
    case 'money':
      return { title: joined(scale.name, unit.currency), label }
    case 'accelerators':
      return { title: `${THOUSANDS[scale.name] ?? ''}accelerators`, label }
    case 'hours':
      return largest < 1
        ? { title: 'minutes', label: (value) => grouped(value * 60, fewestDigits(value * 60)) }
        : { title: 'hours', label: (value) => grouped(value, fewestDigits(value)) }
    case 'share':
      return { title: '', label: (value) => `${grouped(value * 100, fewestDigits(value * 100))} %` }
  }
}

function hoursText(value: number): string {
  if (value > 0 && value < 1) return `${grouped(value * 60, value * 60 < 1 ? 1 : 0)}${NO_BREAK}min`
  return `${grouped(value, value === 0 || value >= 100 ? 0 : 1)}${NO_BREAK}h`
}

const THOUSANDS: Readonly<Record<string, string>> = { m: 'million ', bn: 'billion ' }

function scaleOf(value: number): Scale {
  return SCALES.find(({ size }) => Math.abs(value) >= size) ?? WHOLE
}

function scaled(value: number, { size, digits }: Scale): string {
  return grouped(value / size, digits)
}

/** At most two digits after the point, and no zeros at their end. */
function fewestDigits(value: number): number {
  const hundredths = Math.abs(Math.round(value * 100))
  return hundredths % 100 === 0 ? 0 : hundredths % 10 === 0 ? 1 : 2
}

function grouped(value: number, digits: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.')
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? '−' : ''
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${groups}${fraction === undefined ? '' : `.${fraction}`}`
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(NO_BREAK)
}
