import type { Command } from 'commander'

/** What a command tells `main` when it is over: an exit code of ours, or of the job that it waited for. */
export type Finish = (code: number) => void

/** Adds one command to the program; the arguments are those of the command line, as they were given. */
export type Register = (program: Command, finish: Finish, rawArguments: readonly string[]) => void
