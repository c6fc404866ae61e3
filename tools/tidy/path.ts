const TIDY = 'tools/tidy.test.ts'

/** The tidy test is the program that the rules are written for, so what it uses is in use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) && path !== TIDY
}

/** Fixtures, arbitraries and golden helpers: for tests only. */
export function isTesting(path: string): boolean {
  return path.includes('/testing/')
}

/** The package that a source file belongs to. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1]
}

/** The folder of a file of the core: a word of the flow; '' directly in src. */
export function layerOf(path: string): string | undefined {
  const source = 'packages/core/src/'
  if (!path.startsWith(source)) return undefined
  const inside = path.slice(source.length)
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : ''
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Joins a relative path to a folder, both from the root; nothing where it leads out of the repository. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
