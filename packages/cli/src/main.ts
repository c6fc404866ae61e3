import { Command, CommanderError } from 'commander'
import type { Register } from './command.ts'
import { registerAgreement } from './commands/agreement.ts'
import { registerAgreements } from './commands/agreements.ts'
import { registerApproval } from './commands/approval.ts'
import { registerAudit } from './commands/audit.ts'
import { registerBackup } from './commands/backup.ts'
import { registerBench } from './commands/bench.ts'
import { registerCapacity } from './commands/capacity.ts'
import { registerCheck } from './commands/check.ts'
import { registerDoctor } from './commands/doctor.ts'
import { registerExplain } from './commands/explain.ts'
import { registerExport } from './commands/export.ts'
import { registerGenerate } from './commands/generate.ts'
import { registerImport } from './commands/import.ts'
import { registerInit } from './commands/init.ts'
import { registerJob } from './commands/job.ts'
import { registerLogin } from './commands/login.ts'
import { registerNode } from './commands/node.ts'
import { registerObligations } from './commands/obligations.ts'
import { registerPool } from './commands/pool.ts'
import { registerRun } from './commands/run.ts'
import { registerSchema } from './commands/schema.ts'
import { registerServe } from './commands/serve.ts'
import { registerService } from './commands/service.ts'
import { registerSimulate } from './commands/simulate.ts'
import { registerTenant } from './commands/tenant.ts'
import { registerToken } from './commands/token.ts'
import { registerOption, registerTranche } from './commands/tranche.ts'
import { registerUsage } from './commands/usage.ts'
import { registerWindow } from './commands/window.ts'
import { EXIT } from './exit-code.ts'

const COMMANDS: readonly Register[] = [
  registerRun,
  registerCheck,
  registerAgreements,
  registerCapacity,
  registerObligations,
  registerServe,
  registerBackup,
  registerImport,
  registerExport,
  registerAgreement,
  registerTranche,
  registerOption,
  registerTenant,
  registerApproval,
  registerJob,
  registerPool,
  registerNode,
  registerWindow,
  registerService,
  registerUsage,
  registerLogin,
  registerToken,
  registerAudit,
  registerDoctor,
  registerSimulate,
  registerExplain,
  registerBench,
  registerInit,
  registerGenerate,
  registerSchema,
]

/** Runs one command line and returns its exit code; the only place that catches what nobody foresaw. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done
  const program = new Command('offtake')
    .description('The open control plane for AI compute bought under long-term agreements')
    .version('0.1.0')
    .showHelpAfterError('(offtake --help shows all commands)')
    .enablePositionalOptions()
    .exitOverride()
  for (const register of COMMANDS)
    register(
      program,
      (finished) => {
        code = finished
      },
      args,
    )
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput
    process.stderr.write(
      `offtake: internal error: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    if (process.env.OFFTAKE_TRACE) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
    return EXIT.ourFault
  }
}
