import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { LogLines } from './log-lines.ts'
import classes from './log-view.module.css'

const LINE = 18
/** Lines beside those that are seen, so that scrolling shows no gaps. */
const BEYOND = 20
/** How near to its end one must be to stay there while more comes. */
const NEAR = 2 * LINE

interface LogViewProps {
  readonly lines: LogLines
  /** Counts up with what is in them. */
  readonly version: number
  readonly label: string
}

/** Lines of text, of which only those that are seen are drawn; it stays at the end until somebody scrolls up. */
export function LogView({ lines, version, label }: LogViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [top, setTop] = useState(0)
  const { ref: frame, height } = useElementSize()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what came that moves it
  useEffect(() => {
    const element = scroller.current
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight
  }, [version])
  const from = Math.max(0, Math.floor(top / LINE) - BEYOND)
  const until = Math.ceil((top + height) / LINE) + BEYOND
  return (
    <div ref={frame} className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroll}
        role="log"
        aria-live="off"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - clientHeight - scrollTop < NEAR
          setTop(scrollTop)
        }}
      >
        <div style={{ height: lines.count * LINE }}>
          <pre className={classes.lines} style={{ transform: `translateY(${from * LINE}px)` }}>
            {lines.slice(from, until).join('\n')}
          </pre>
        </div>
      </div>
      {lines.count === 0 && <div className={classes.none}>Nothing was said yet</div>}
    </div>
  )
}
