import type { Colour } from '../chart.ts'

/** The page's own colours and letters, so that charts follow its style sheet. */
export interface Theme {
  readonly font: string
  readonly text: string
  readonly quiet: string
  readonly hairline: string
  readonly paper: string
  readonly band: string
  colour(name: Colour): string
  /** Paper has less room for each chart than a screen. */
  readonly isPaper: boolean
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement)
  const value = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    font: getComputedStyle(document.body).fontFamily,
    text: value('ink'),
    quiet: value('quiet'),
    hairline: value('hairline'),
    paper: value('paper'),
    band: value('band'),
    colour: value,
    isPaper: document.documentElement.classList.contains('printing'),
  }
}
