/** What is measured: it places gangs and gives back what they hold. */
export interface Subject {
  /** Places a gang of so many accelerators under a number that is not in use; false where there is no room. */
  place(gang: number, accelerators: number): boolean
  release(gang: number): void
}
