import { fileSchemas } from '@offtake/contract/portfolio/json-schemas'
import type { NewFile } from './write-folder.ts'

/** The JSON Schemas of all portfolio files, ready to be written. */
export function schemaFiles(): NewFile[] {
  return fileSchemas().map(({ name, schema }) => ({
    path: name,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  }))
}
