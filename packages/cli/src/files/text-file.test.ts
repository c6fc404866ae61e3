import { expect, test } from 'vitest'
import { fileProblem } from './text-file.ts'

test('what the file system refuses has a name, and anything else is thrown on', () => {
  const refused = (code: string) => fileProblem(Object.assign(new Error(code), { code }), 'a.yaml')
  expect(refused('EACCES')).toMatchObject({ file: 'a.yaml', line: 1, code: 'noPermission' })
  expect(refused('EPERM').code).toBe('noPermission')
  expect(refused('ELOOP').code).toBe('linkLoop')
  expect(refused('EIO').code).toBe('notAFile')
  expect(() => refused('ENOMEM')).toThrow('ENOMEM')
  expect(() => fileProblem(new TypeError('ours'), 'a.yaml')).toThrow('ours')
})
