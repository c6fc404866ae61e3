import type { ApprovalView } from '@offtake/contract/api/approval-routes'
import type { Output } from '../output.ts'

/** What became of a change that may have to wait for a second person. */
export type OrAsked<View> = View | { readonly approval: ApprovalView }

/** Says that a change waits for a second person. */
export function printAsked({ id, reasons }: ApprovalView, output: Output): void {
  output.print('Nothing is changed yet: a second person must approve it.')
  for (const { what, target } of reasons) output.print(`  ${what} ${target}`)
  output.print(`An approver other than you: offtake approval approve ${id}`)
}
