/** Seeds that every run of the tests plays: those that once failed stay here. */
export const KEPT_SEEDS: readonly number[] = []
