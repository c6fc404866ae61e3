import { z } from 'zod'

const MOST_ROWS = 500

/** What every list takes: how many, and where the page before ended. */
export const pageQuery = {
  cursor: z.string().max(500).exactOptional().describe('where the page before ended'),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(50),
}

/** A part of a list, and the cursor of the next one where there is more. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** A moment, as the API writes it. */
export const moment = z.iso.datetime()
