/** A file that is no whole backup, or a database that it cannot go into; nothing was changed. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem'
}
