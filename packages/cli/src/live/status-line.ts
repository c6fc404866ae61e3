import type { Output } from '../output.ts'
import { visibleText } from '../text/visible-text.ts'

/** What is so at this moment: one line of a terminal that is written anew, or a note for each change where there is none. */
export class StatusLine {
  readonly #output: Output
  #noted: string | undefined

  constructor(output: Output) {
    this.#output = output
  }

  /** Whether somebody looks on. */
  get isShown(): boolean {
    return process.stderr.isTTY === true
  }

  /** `change` is what of it is worth a note. */
  show(text: string, change: string): void {
    if (this.isShown)
      process.stderr.write(`\r\u001b[K${visibleText(text).slice(0, (process.stderr.columns ?? 80) - 1)}`)
    else if (change !== this.#noted) this.#output.note(text)
    this.#noted = change
  }

  clear(): void {
    if (this.isShown) process.stderr.write('\r\u001b[K')
  }
}
