const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A stretch of time in its two largest units: 2 d 3 h, 1 h 5 min, 42 s. */
export function spanText(seconds: number): string {
  if (seconds < MINUTE) return `${Math.round(seconds)} s`
  if (seconds < HOUR) return two(seconds, [MINUTE, 'min'], [1, 's'])
  if (seconds < DAY) return two(seconds, [HOUR, 'h'], [MINUTE, 'min'])
  return two(seconds, [DAY, 'd'], [HOUR, 'h'])
}

type Unit = readonly [number, string]

function two(seconds: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const whole = Math.round(seconds / small) * small
  const rest = Math.round((whole % large) / small)
  const first = `${Math.floor(whole / large)} ${largeName}`
  return rest === 0 ? first : `${first} ${rest} ${smallName}`
}
