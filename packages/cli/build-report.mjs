import { mkdir, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

// Makes what `report.html` carries within itself: one script with the chart library, and one style sheet.

const outdir = fileURLToPath(new URL('dist', import.meta.url))
const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: { report: 'src/report/browser/main.ts', 'report-style': 'src/report/browser/style.css' },
  entryNames: '[name].min',
  outdir,
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  // The chart library's licence asks that its notice stays with it.
  legalComments: 'eof',
})
await mkdir(outdir, { recursive: true })
for (const { path, contents } of outputFiles) {
  // Whole or not at all: a run may be reading the earlier one.
  const fresh = `${path}.${process.pid}`
  await writeFile(fresh, contents)
  await rename(fresh, path)
}
