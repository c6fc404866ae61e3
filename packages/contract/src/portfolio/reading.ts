/** What the format of one file depends on: whose money it speaks of, and what a plain number's source is. */
export interface Reading {
  /** The file's path, which is the source of the numbers that name no other. */
  readonly file: string
  readonly currency: string
  /** The buyer of agreements that name none. */
  readonly buyer: string
}
