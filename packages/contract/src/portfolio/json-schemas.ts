import { z } from 'zod'
import { agreementFile, quoteFile } from './agreement.ts'
import { fleetFile } from './fleet-file.ts'
import { settingsFile } from './settings.ts'
import { workloadFile } from './workload-file.ts'

/** A JSON Schema of one kind of portfolio file, for editors. */
export interface FileSchema {
  /** Such as `agreement.schema.json`. */
  readonly name: string
  /** The files that it is for, such as `agreements/*.yaml`. */
  readonly files: string
  readonly schema: unknown
}

/** JSON Schemas of all YAML files of a portfolio. */
export function fileSchemas(): FileSchema[] {
  const anywhere = { file: '', currency: 'USD', buyer: '' }
  return [
    fileSchema('offtake', 'offtake.yaml', settingsFile(anywhere)),
    fileSchema('agreement', 'agreements/*.yaml', agreementFile(anywhere)),
    fileSchema('quote', 'quotes/*.yaml', quoteFile(anywhere)),
    fileSchema('workload', 'workloads/*.yaml', workloadFile(anywhere)),
    fileSchema('fleet', 'fleet/*.yaml', fleetFile(anywhere)),
  ]
}

function fileSchema(name: string, files: string, format: z.ZodType): FileSchema {
  const schema = z.toJSONSchema(format, { io: 'input', target: 'draft-7', override: withoutMentions })
  return { name: `${name}.schema.json`, files, schema: { title: `Offtake: ${files}`, ...schema } }
}

/** A default that is the file's own path, or the buyer's name, means nothing outside of a portfolio. */
function withoutMentions({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.default === '') delete jsonSchema.default
}
