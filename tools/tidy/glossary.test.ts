import { expect, test } from 'vitest'
import { glossary } from './glossary.ts'
import { placesFound } from './testing/plant.ts'

test('a term is found in names, tags and file names, however it is joined', () => {
  const found = placesFound(glossary, {
    'GLOSSARY.md': '- **Take-or-pay**: a.\n- **Gang**: b.\n- **Letter of intent**: c.\n- **Burn-down**: d.\n',
    'packages/core/src/cost/burn-down.ts': `export const takeOrPay = 1\nexport type A = 'letterOfIntent' | Gang`,
  })
  expect(found).toEqual([])
})

test('a term that no code says is reported with its line', () => {
  const found = placesFound(glossary, {
    'GLOSSARY.md': '# Words\n\n- **Gang**: a.\n- **Clearing**: b.\n- **Gan**: part of a word.\n',
    'packages/core/src/demand/gang.ts': '// clearing\nexport interface Gang {}',
    'packages/core/src/demand/gang.test.ts': 'const clearing = 1',
    'tools/a.ts': 'const clearing = 1',
  })
  expect(found).toEqual(['GLOSSARY.md:4', 'GLOSSARY.md:5'])
})

test('there must be a glossary', () => {
  expect(placesFound(glossary, { 'a.ts': '' })).toEqual(['GLOSSARY.md:1'])
})
