import type { ApiProblem } from '@offtake/contract/api/problem'

type Told<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ApiProblem }

/** What was answered; a problem fails the test that did not expect one. */
export async function done<Value>(answer: Promise<Told<Value>>): Promise<Value> {
  const told = await answer
  if (!told.ok) throw new Error(JSON.stringify(told.problem))
  return told.value
}
