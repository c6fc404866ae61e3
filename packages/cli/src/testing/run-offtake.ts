import { main } from '../main.ts'

/** What one command line printed, without colours, and its exit code. */
export interface Printed {
  readonly code: number
  readonly out: string
  readonly err: string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is how a terminal's colours begin.
const COLOUR = /\u001b\[\d+m/g

/** Runs one command line in this process, as if in a terminal of the given width. */
export async function runOfftake(args: readonly string[], width = 120): Promise<Printed> {
  const { stdout, stderr } = process
  const before = { out: stdout.write, err: stderr.write, columns: stdout.columns }
  let [out, err] = ['', '']
  stdout.write = ((text: string) => {
    out += text
    return true
  }) as typeof stdout.write
  stderr.write = ((text: string) => {
    err += text
    return true
  }) as typeof stderr.write
  stdout.columns = width
  try {
    const code = await main(args)
    return { code, out: out.replace(COLOUR, ''), err: err.replace(COLOUR, '') }
  } finally {
    stdout.write = before.out
    stderr.write = before.err
    stdout.columns = before.columns
  }
}
