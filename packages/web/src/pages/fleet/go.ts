import type { FleetSearch } from './fleet-search.ts'

/** What of the address is changed; what is undefined is taken away from it. */
export type AddressChange = Partial<Record<keyof FleetSearch, string | number | undefined>>

/** Changes the address. */
export type Go = (change: AddressChange) => void
