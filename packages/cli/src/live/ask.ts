import type { ApiClient } from '@offtake/contract/api/client'
import type { ApiProblem } from '@offtake/contract/api/problem'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { createOutput, type Output } from '../output.ts'
import { connect } from './connection.ts'
import { hintFor } from './hint.ts'
import { Told } from './told.ts'

/** What of an answer was asked for; a problem goes to the terminal instead. */
export async function answered<Value>(
  answer: Promise<
    { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: ApiProblem }
  >,
): Promise<Value> {
  const told = await answer
  if (told.ok) return told.value
  throw new Told(told.problem)
}

type Run<Value> = (client: ApiClient, output: Output) => Promise<Value>

/** Runs what talks to the server, and prints a problem in one line with a hint. It may say what the process ends with. */
export async function live(
  json: boolean | undefined,
  finish: Finish,
  run: Run<void> | Run<number>,
): Promise<void> {
  const output = createOutput(json === true)
  try {
    const code = await run(connect(), output)
    finish(typeof code === 'number' ? code : EXIT.done)
  } catch (error) {
    const problem = problemOf(error)
    if (!problem) throw error
    const hint = hintFor(problem)
    output.problem(`offtake: ${problem.code}: ${problem.detail}${hint === undefined ? '' : ` (${hint})`}`)
    finish(EXIT.badInput)
  }
}

function problemOf(error: unknown): Pick<ApiProblem, 'code' | 'detail' | 'errors'> | undefined {
  if (error instanceof Told) return error.problem
  // What `fetch` says where nobody answers.
  if (error instanceof TypeError && error.cause instanceof Error)
    return { code: 'unavailable', detail: `no server answers: ${error.cause.message}` }
  return undefined
}
