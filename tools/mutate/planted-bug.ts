/** A change to one line of the allocator that makes it wrong, and the test that must find it out. */
export interface PlantedBug {
  /** What the allocator then does wrong. */
  readonly name: string
  /** Under packages/core/src. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly right: string
  readonly wrong: string
  /** The test file that finds it out, under packages/core/src. */
  readonly foundBy: string
  /** A part of the name of a test in it that must fail. */
  readonly test: string
}
