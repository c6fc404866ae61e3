import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, openDatabase } from '../store/database.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { hashOfSecret, newSecret, TokenBook } from './token-book.ts'

async function plant({ db }: Database, actor: string, now: number, secret = newSecret()): Promise<string> {
  const row = { id: actor, name: actor, actor, roles: '["viewer"]', tenant: null, created_by: 'admin' }
  const times = { created_at: now, expires_at: now + 5_000, revoked_at: null }
  await db
    .insertInto('token')
    .values({ ...row, ...times, hash: hashOfSecret(secret) })
    .execute()
  return secret
}

describeOnEachDatabase('the book of tokens', (fresh) => {
  let database: Database
  let now = 1_000_000

  beforeAll(async () => {
    database = await fresh()
  })

  afterAll(() => database.close())

  const book = (): TokenBook => new TokenBook(database.db, () => now)

  test('takes what it read for true for a moment, and then looks again', async () => {
    const secret = await plant(database, 'ada', now)
    const tokens = book()
    expect(await tokens.knows(secret)).toMatchObject({ id: 'ada', roles: ['viewer'] })
    await database.db.updateTable('token').set({ revoked_at: now }).where('id', '=', 'ada').execute()
    now += 500
    expect(await tokens.knows(secret)).toMatchObject({ id: 'ada' })
    now += 1_500
    await expect(tokens.knows(secret)).rejects.toThrow('revoked')
  })

  test('minds the hour of what it remembers', async () => {
    const secret = await plant(database, 'brief', now)
    const tokens = book()
    now += 4_900
    expect(await tokens.knows(secret)).toMatchObject({ id: 'brief' })
    now += 100
    await expect(tokens.knows(secret)).rejects.toThrow('expired')
  })

  test('knows a token that was unknown a moment ago, once that moment is over', async () => {
    const tokens = book()
    const secret = newSecret()
    expect(await tokens.knows(secret)).toBeUndefined()
    await plant(database, 'late', now, secret)
    now += 2_000
    expect(await tokens.knows(secret)).toMatchObject({ id: 'late' })
  })
})

test('where the database does not answer, nobody is told that their token is bad', async () => {
  const nowhere = await openDatabase('postgres://nobody@127.0.0.1:1/none')
  const tokens = new TokenBook(nowhere.db, Date.now)
  await expect(tokens.knows(newSecret())).rejects.toMatchObject({ code: 'unavailable' })
  await nowhere.close()
})
