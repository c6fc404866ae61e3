import { cpus, totalmem } from 'node:os'

/** On what the figures were measured, in one line. */
export function describeMachine(): string {
  const cores = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  const model = cores[0]?.model.trim() || `${process.arch} processor`
  return `${model}, ${cores.length} cores, ${gib} GiB, ${process.platform}, Node ${process.versions.node}`
}
