import { showPortfolio } from '@offtake/contract/api/portfolio-routes'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { reading } from '../../api/call.ts'
import type { SlipDays } from './capacity-search.ts'
import type { Asked, Cost, Gap, Told } from './what-if-answers.ts'

const DAY_MS = 86_400_000

/** What the worker has told so far, as it stands and with what slips. */
export interface WhatIfState {
  readonly opened?: Extract<Told, { kind: 'opened' }>
  readonly isBroken?: true
  readonly before?: { readonly gap?: Gap; readonly cost?: Cost | null }
  readonly after?: { readonly gap?: Gap; readonly cost?: Cost | null }
}

/** Works a delay out by the same core as the server, beside the page: none of it holds a frame back. */
export function useWhatIf(slips: SlipDays): WhatIfState & { readonly error: unknown } {
  const { data, error } = useQuery(reading(showPortfolio, {}))
  const worker = useRef<Worker>(undefined)
  const turn = useRef(0)
  const [state, setState] = useState<WhatIfState>({})
  const digest = data?.version === 0 ? undefined : data?.digest
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is opened anew where the portfolio is another one
  useEffect(() => {
    if (!data || digest === undefined) return undefined
    const made = new Worker(new URL('./what-if-worker.ts', import.meta.url), { type: 'module' })
    made.onmessage = ({ data: told }: MessageEvent<Told>) =>
      setState((was) => withTold(was, told, turn.current))
    ask(made, { kind: 'open', files: data.files.map(({ path, text }) => ({ path, text })) })
    worker.current = made
    return () => {
      made.terminate()
      worker.current = undefined
    }
  }, [digest])
  useEffect(() => {
    const made = worker.current
    if (!made || digest === undefined) return
    turn.current += 1
    if (slips.size === 0) setState(({ after: _, ...was }) => was)
    else
      ask(made, {
        kind: 'slip',
        turn: turn.current,
        slips: [...slips].map(([key, days]) => [key, days * DAY_MS]),
      })
  }, [slips, digest])
  return { ...state, error }
}

function ask(worker: Worker, asked: Asked): void {
  worker.postMessage(asked)
}

function withTold(was: WhatIfState, told: Told, turn: number): WhatIfState {
  switch (told.kind) {
    case 'broken':
      return { isBroken: true }
    case 'opened':
      return { ...was, opened: told }
    case 'gap':
      return withPart(was, told.turn, turn, { gap: told.gap })
    case 'cost':
      return withPart(was, told.turn, turn, { cost: told.cost })
  }
}

/** What was worked out for an earlier turn is overtaken. */
function withPart(
  was: WhatIfState,
  of: number,
  turn: number,
  part: NonNullable<WhatIfState['after']>,
): WhatIfState {
  if (of === 0) return { ...was, before: { ...was.before, ...part } }
  return of === turn ? { ...was, after: { ...was.after, ...part } } : was
}
