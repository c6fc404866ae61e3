// Why a node takes no gangs. The reasons are bits, because several may hold at once; it takes gangs while none does.

/** It failed by itself. */
export const FAILED = 1
/** It was taken away for good. */
export const RETIRED = 2
/** An outage holds that covers it. */
export const OUTAGE = 4
/** An outage is announced that covers it: what runs there goes on until then. */
export const DRAINING = 8
/** Those who look for a place just now may not sit there: only while they look. */
export const CLOSED = 16
/** It stands by for a node of its domain that goes out of service. */
export const SPARE = 32
/** It failed too often, and is kept out beyond its repair. */
export const KEPT_OUT = 64
/** On trial: others have booked it. */
export const BOOKED = 128

/** Those with which nothing can run on the node. */
export const NOT_WORKING = FAILED | RETIRED | OUTAGE | KEPT_OUT
