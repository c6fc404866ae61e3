/** What the process ends with; documented in docs/cli.md. */
export const EXIT = { done: 0, foundWanting: 1, badInput: 2, ourFault: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
