import { WhatIf } from './what-if.ts'
import type { Asked, Told } from './what-if-answers.ts'

let whatIf: WhatIf | undefined
let latest = 0

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  if (data.kind === 'open') open(data.files)
  else slip(data.turn, new Map(data.slips))
}

function open(files: Parameters<typeof WhatIf.of>[0]): void {
  whatIf = WhatIf.of(files)
  if (!whatIf) return tell({ kind: 'broken' })
  const { name, horizon } = whatIf.portfolio
  tell({ kind: 'opened', name, horizon, tranches: whatIf.tranches })
  slip(0, new Map())
}

/** The gap at once, since it takes little; the cost after what has come meanwhile, of the latest alone. */
function slip(turn: number, slips: ReadonlyMap<string, number>): void {
  if (!whatIf) return
  latest = turn
  tell({ kind: 'gap', turn, gap: whatIf.gap(slips) })
  setTimeout(() => {
    if (whatIf && (turn === 0 || turn === latest)) tell({ kind: 'cost', turn, cost: whatIf.cost(slips) })
  })
}

function tell(told: Told): void {
  self.postMessage(told)
}
