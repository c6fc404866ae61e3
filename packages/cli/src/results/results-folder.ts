import { join } from 'node:path'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { failed, ok, type Result } from '@offtake/core/base/result'
import type { RunResult } from '@offtake/core/simulation/run-result'
import type { Summary } from '@offtake/core/simulation/summary'
import { type FolderProblem, stageFolder, writeProblem } from '../files/staged-folder.ts'
import { writeFiles } from '../files/write-folder.ts'
import { readReportAssets } from '../report/report-assets.ts'
import { EventLog } from './event-log/event-log.ts'
import { EVENTS_FILE, foreignName, resultFiles } from './result-files.ts'

/** The results folder of a run that is being played. It ends with `finish` or `abandon`; until then nothing is in its place. */
export interface ResultsFolder {
  /** Sees every event, in order, and keeps none in memory. */
  readonly observe: (event: AllocationEvent) => void
  /** Writes all other files and gives the folder its name, in place of earlier results; or leaves no trace and says why. */
  finish(result: RunResult, summary: Summary): Promise<Result<undefined, FolderProblem>>
  /** Removes all that was written. */
  abandon(): Promise<void>
}

/** Begins a results folder; a folder that is there must be empty or hold earlier results. */
export async function openResults(dir: string): Promise<Result<ResultsFolder, FolderProblem>> {
  const assets = readReportAssets()
  const staged = await stageFolder(dir, foreignName)
  if (!staged.ok) return staged
  const { path, commit, discard } = staged.value
  const events = new EventLog(join(path, EVENTS_FILE))
  return ok({
    observe: (event) => events.add(event),
    finish: async (result, summary) => {
      try {
        const problem = events.close()
        if (!problem) {
          await writeFiles(path, resultFiles(result, summary, assets))
          return await commit()
        }
        await discard()
        return failed(problem)
      } catch (error) {
        await discard()
        return failed(writeProblem(error))
      }
    },
    abandon: async () => {
      events.close()
      await discard()
    },
  })
}
