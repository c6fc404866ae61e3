import { Moment } from '../../parts/moment.tsx'
import { countText, shortText } from '../../parts/number-text.ts'
import { Tile, Tiles } from '../../parts/tile.tsx'
import type { Gap, Steps } from './what-if-answers.ts'

interface GapFiguresProps {
  readonly before: Gap | undefined
  readonly after: Gap | undefined
}

/** The gap to demand, as it stands and with what slips. */
export function GapFigures({ before, after }: GapFiguresProps) {
  const shown = after ?? before
  const was = (text: string): string => (after ? `${text} as it stands` : '')
  return (
    <Tiles>
      <Tile
        label="Most delivered at once"
        value={shown && countText(peakOf(shown.delivered))}
        note={before && was(countText(peakOf(before.delivered)))}
      />
      <Tile
        label="Missing at worst"
        value={shown && countText(shown.worst)}
        note={before && was(countText(before.worst))}
        {...(shown && shown.worst > 0 ? { tone: 'warn' as const } : {})}
      />
      <Tile
        label="First missing"
        value={shown && (shown.begins === null ? 'never' : <Moment at={isoOf(shown.begins)} as="day" />)}
        note={
          shown?.worstAt != null && (
            <>
              worst from <Moment at={isoOf(shown.worstAt)} as="day" />
            </>
          )
        }
      />
      <Tile
        label="Accelerator-hours missing"
        value={shown && <span title={countText(shown.missingHours)}>{shortText(shown.missingHours)}</span>}
        note={before && was(shortText(before.missingHours))}
      />
    </Tiles>
  )
}

function peakOf(steps: Steps): number {
  return steps.reduce((most, [, value]) => Math.max(most, value), 0)
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
