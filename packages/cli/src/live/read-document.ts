import { existsSync } from 'node:fs'
import { readYaml } from '@offtake/contract/portfolio/yaml-text'
import type { PlacedProblem } from '@offtake/contract/problems'
import { readTextFile } from '../files/text-file.ts'
import { Told } from './told.ts'

/** What no request needs more of. */
const LARGEST_BYTES = 1_048_576

/** What is in a file of YAML or JSON, or on standard input where the file is called `-`. */
export async function readDocument(file: string): Promise<unknown> {
  const read = readYaml(file, await readGivenText(file))
  if (read.ok) return read.value.value
  throw placed(file, read.problems)
}

/** The text of a file, or of standard input where the file is called `-`. */
export async function readGivenText(file: string): Promise<string> {
  if (file !== '-' && !existsSync(file)) throw malformed(`${file}: there is no such file`)
  const text = file === '-' ? await standardInput() : await readTextFile(file, file)
  if (text.ok) return text.value
  throw placed(file, text.problems)
}

function placed(file: string, problems: readonly PlacedProblem[]): Told {
  return malformed(
    problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`).join('; '),
  )
}

async function standardInput(): Promise<{ readonly ok: true; readonly value: string }> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of process.stdin) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes > LARGEST_BYTES) throw malformed(`standard input has more than ${LARGEST_BYTES} bytes`)
  }
  return { ok: true, value: Buffer.concat(pieces).toString('utf8') }
}

function malformed(detail: string): Told {
  return new Told({ code: 'malformed', detail })
}
