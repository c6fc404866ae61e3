import type { Kysely } from 'kysely'
import { chained } from '../store/chain.ts'
import { appendWithin, type Lead } from '../store/journal.ts'
import type { Tables } from '../store/tables.ts'
import { type Decided, keyed, type Memory, momentOf, type Waiting } from './decide.ts'
import { type DeskOrder, Refused } from './order.ts'

/** A desk order told the allocator something and could not be written, so memory is ahead of the database. */
class Ahead extends Error {
  override readonly name = 'Ahead'
}

/** Carries out a desk order in a transaction of its own: what it writes, its entry, and what the allocator is told with it. */
export async function performAtDesk(
  db: Kysely<Tables>,
  lead: Lead,
  waiting: Waiting<DeskOrder>,
  { allocator, jobs, seq: last, hash }: Memory,
  now: number,
): Promise<Decided> {
  const { order } = waiting
  const seq = last + 1
  let isAhead = false
  try {
    return await db.transaction().execute(async (transaction) => {
      const at = momentOf(allocator, now)
      const performed = await order.perform(transaction, at)
      const { result, detail, commands = [] } = performed
      const events = commands.flatMap((command) => {
        const followed = allocator.apply(command, at)
        if (followed[0]?.kind === 'refused') throw new Refused(followed[0].because)
        isAhead = true
        for (const event of followed) jobs.fold(event, seq, {})
        return followed
      })
      const { target } = order
      const action = performed.action ?? order.action
      const written = {
        seq,
        at,
        actor: order.actor,
        command: JSON.stringify({ kind: 'desk', action, target, ...(detail ? { detail } : {}) }),
        events: JSON.stringify(events),
        result: JSON.stringify(result ?? null),
        ...keyed(order),
      }
      const entry = chained(written, hash)
      await appendWithin(transaction, lead, [entry], jobs.takeChanged())
      return { order, entry, outcome: { seq, at, events, result }, waiting: [waiting] }
    })
  } catch (error) {
    throw isAhead ? new Ahead('the allocator knows more than was written', { cause: error }) : error
  }
}
