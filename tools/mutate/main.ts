import { failuresWith } from './find-out.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

// Plants bugs in the allocator and the server, one after the other, and says which tests find them out. Without a name it plants all.

const named = process.argv.slice(2)
const bugs = PLANTED_BUGS.filter(({ name }) => named.length === 0 || named.includes(name))
let hidden = 0
for (const bug of bugs) {
  const failed = await failuresWith(bug)
  const isFound = failed.some((name) => name.includes(bug.test))
  if (!isFound) hidden += 1
  process.stdout.write(
    `${isFound ? 'found ' : 'HIDDEN'} ${bug.name}: ${failed.length} failed in ${bug.foundBy}\n`,
  )
}
process.stdout.write(`${bugs.length - hidden} of ${bugs.length} found\n`)
process.exit(bugs.length === 0 || hidden > 0 ? 1 : 0)
