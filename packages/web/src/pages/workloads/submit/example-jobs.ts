import type { KnownNames } from '../../../parts/editor/yaml-suggestions.ts'

/** Hardware of the machine that serves. */
const THIS_MACHINE = 'slot'

/** A job to begin with, of names that are there. */
export function exampleJob({ tenant = [], hardware = [] }: KnownNames): string {
  const there = hardware.filter((name) => name !== THIS_MACHINE)
  return `# What a job may say is completed as you write (Ctrl-Space asks for it).
name: first try
tenant: ${tenant.at(-1) ?? 'my-team'}
hardware: [${(there.length > 0 ? there.slice(0, 2) : ['h100']).join(', ')}]
accelerators: 8
limit: 2h
checkpoint: 15m
`
}

/** A job that runs as a process of the machine that serves. */
export function exampleProcess({ tenant = [] }: KnownNames): string {
  return `# Runs as a process of the machine that serves, one slot a core.
name: hello
tenant: ${tenant.at(-1) ?? 'my-team'}
hardware: [${THIS_MACHINE}]
accelerators: 1
limit: 10m
command: [sh, -c, 'for n in 1 2 3 4 5; do echo "step $n"; sleep 1; done']
`
}
