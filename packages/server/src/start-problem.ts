/** Why a server could not start, for a person: a sentence, and what to do about it; nothing where nobody foresaw it. */
export function startProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error.name === 'FolderInUse' || error.name === 'MigrationError') return error.message
  const { code } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : KNOWN[code]
  // A name that leads to several addresses fails once for each.
  const [first] = error instanceof AggregateError ? error.errors : [error]
  return known === undefined
    ? undefined
    : `${known}: ${first instanceof Error ? first.message : error.message}`
}

/** What the system and PostgreSQL call it. */
const KNOWN: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already, so choose another --port',
  EADDRNOTAVAIL: 'this machine has no such address, so choose another --host',
  EACCES: 'this user may not do that',
  EEXIST: 'a file stands where the folder should be',
  ENOTDIR: 'a file stands where a folder should be',
  ENOSPC: 'the disk is full',
  ECONNREFUSED: 'no database answers there',
  ERR_INVALID_URL: 'the address of the database is none',
  ENOTFOUND: 'the database’s host is not known',
  ETIMEDOUT: 'the database does not answer',
  '28P01': 'the database refuses the password',
  '28000': 'the database does not let this user in',
  '3D000': 'there is no such database',
  '42501': 'the database’s user may not do that',
}
