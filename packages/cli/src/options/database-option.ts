import { Option } from 'commander'

/** `--database`: a PostgreSQL server. */
export function databaseOption(about: string): Option {
  return new Option('--database <url>', about).env('OFFTAKE_DATABASE')
}

/** What is wrong with an address, lest a slip of the pen become a folder of that name; it may hold a password, and is not said. */
export function databaseProblem(url: string | undefined): string | undefined {
  if (url === undefined || /^postgres(?:ql)?:\/\//.test(url)) return undefined
  return '--database: the address of a PostgreSQL server begins with postgres://'
}
