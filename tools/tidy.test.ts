import { expect, test } from 'vitest'
import { ROOT } from './root.ts'
import { adapterFiles } from './tidy/adapter-files.ts'
import { checkerImports } from './tidy/checker-imports.ts'
import { corePurity } from './tidy/core-purity.ts'
import { decisionPages } from './tidy/decision-pages.ts'
import { fileNames } from './tidy/file-names.ts'
import { fileSize } from './tidy/file-size.ts'
import { forbiddenSyntax } from './tidy/forbidden-syntax.ts'
import { functionSize } from './tidy/function-size.ts'
import { glossary } from './tidy/glossary.ts'
import { importCycle } from './tidy/import-cycle.ts'
import { layerOrder } from './tidy/layer-order.ts'
import { links } from './tidy/links.ts'
import { lockFile } from './tidy/lock-file.ts'
import { noBarrel } from './tidy/no-barrel.ts'
import { packageOrder } from './tidy/package-order.ts'
import { readRepository } from './tidy/read-repository.ts'
import { unusedExports } from './tidy/unused-exports.ts'
import { unusedFiles } from './tidy/unused-files.ts'
import { describeViolations, type Rule } from './tidy/violation.ts'

const repository = readRepository(ROOT)

/** By section 9 of STYLE.md. */
const RULES: readonly (readonly [string, Rule])[] = [
  ['1: imports follow the order of the packages', packageOrder],
  ['1: in the core, imports follow the order of the flow', layerOrder],
  ['2: no file imports itself, through others or through types', importCycle],
  ['3: no file is longer than 400 lines', fileSize],
  ['3: no function is longer than 60 lines', functionSize],
  ['4: the core is pure', corePurity],
  ['5: no default export, no any, no non-null assertion', forbiddenSyntax],
  ['5: files are named by what they hold', fileNames],
  ['5: no file is a barrel', noBarrel],
  ['6: every file is used', unusedFiles],
  ['6: every export is used', unusedExports],
  ['7: every term of the glossary is a word of the code', glossary],
  ['7: every decision has its four headings', decisionPages],
  ['7: every link leads somewhere', links],
  ['8: every adapter has the same four files', adapterFiles],
  ['9: the lock file names no registry', lockFile],
  ['10: a checker runs nothing of what it checks', checkerImports],
]

test('there is something to look at', () => {
  expect(repository.code.length).toBeGreaterThan(50)
})

test.each(RULES)('%s', (title, rule) => {
  const violations = rule(repository)
  if (violations.length > 0) expect.fail(`rule ${title}\n${describeViolations(violations)}`)
})
