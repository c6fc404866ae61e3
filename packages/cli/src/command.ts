import type { Command } from 'commander'
import type { ExitCode } from './exit-code.ts'

/** What a command tells `main` when it is over. */
export type Finish = (code: ExitCode) => void

/** Adds one command to the program. */
export type Register = (program: Command, finish: Finish) => void
