import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, openSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian and others put a daemon; the first that is there counts. */
const DAEMONS = {
  slurmctld: ['/usr/sbin/slurmctld-wlm', '/usr/sbin/slurmctld'],
  slurmd: ['/usr/sbin/slurmd-wlm', '/usr/sbin/slurmd'],
  slurmstepd: ['/usr/sbin/slurmstepd-wlm', '/usr/sbin/slurmstepd'],
  munged: ['/usr/sbin/munged'],
} as const

type Daemon = keyof typeof DAEMONS

/** The daemons that are not installed. */
export function missingDaemons(): Daemon[] {
  return (Object.keys(DAEMONS) as Daemon[]).filter((name) => pathOf(name) === undefined)
}

function pathOf(name: Daemon): string | undefined {
  return DAEMONS[name].find((path) => existsSync(path))
}

/** How large the cluster is: nodes of so many accelerators, which are counted and not there. */
export interface ClusterSize {
  readonly nodes: number
  readonly acceleratorsPerNode: number
}

const START_MS = 60_000

/** A real Slurm of one controller and a few node daemons, all in one folder and on this machine's loopback alone. */
export class SlurmCluster {
  readonly #folder: string
  readonly #size: ClusterSize
  readonly #daemons: ChildProcess[] = []

  private constructor(folder: string, size: ClusterSize) {
    this.#folder = folder
    this.#size = size
  }

  /** Starts one in an empty folder and waits until all of its nodes are idle. */
  static async start(folder: string, size: ClusterSize): Promise<SlurmCluster> {
    const cluster = new SlurmCluster(folder, size)
    try {
      await cluster.#start()
      return cluster
    } catch (error) {
      await cluster.stop()
      throw error
    }
  }

  /** Runs one of Slurm's own commands against it and returns what that prints. */
  async command(name: string, ...args: readonly string[]): Promise<string> {
    const env = { ...process.env, SLURM_CONF: join(this.#folder, 'etc/slurm.conf') }
    const { stdout } = await run(name, args, { env, cwd: this.#folder, timeout: 30_000 })
    return stdout
  }

  /** Ends what it started, the last first. */
  async stop(): Promise<void> {
    for (const daemon of this.#daemons.reverse()) await ended(daemon)
    this.#daemons.length = 0
  }

  async #start(): Promise<void> {
    const { nodes } = this.#size
    // munged refuses a socket in a folder that others cannot enter.
    chmodSync(this.#folder, 0o755)
    for (const part of ['etc', 'state', 'spool', 'log', 'run', 'dev', 'sbin', 'munge'])
      mkdirSync(join(this.#folder, part), { recursive: true, mode: part === 'munge' ? 0o700 : 0o755 })
    writeFileSync(join(this.#folder, 'munge/munge.key'), randomBytes(128), { mode: 0o600 })
    const ports = await freePorts(nodes + 1)
    this.#configure(ports)
    const conf = join(this.#folder, 'etc/slurm.conf')
    const socket = join(this.#folder, 'run/munge.sock')
    this.#spawn('munged', ['-F', ...this.#mungeFiles(), `--socket=${socket}`])
    await until(async () => existsSync(socket), 'munged has no socket')
    this.#spawn('slurmctld', ['-D', '-f', conf])
    const stepDaemon = this.#linked('slurmstepd')
    for (let node = 0; node < nodes; node++) {
      mkdirSync(join(this.#folder, `spool/n${node}`), { recursive: true })
      this.#spawn('slurmd', ['-D', '-f', conf, '-N', `n${node}`, '-d', stepDaemon], `slurmd-${node}`)
    }
    const allIdle = async () =>
      (await this.command('sinfo', '-h', '-t', 'idle', '-o', '%D').catch(() => '')).trim() === `${nodes}`
    await until(allIdle, `its ${nodes} nodes are not idle: see ${join(this.#folder, 'log')}`)
  }

  #mungeFiles(): string[] {
    return [
      `--key-file=${join(this.#folder, 'munge/munge.key')}`,
      `--pid-file=${join(this.#folder, 'run/munged.pid')}`,
      `--log-file=${join(this.#folder, 'log/munged.log')}`,
      `--seed-file=${join(this.#folder, 'munge/munged.seed')}`,
    ]
  }

  #spawn(daemon: Daemon, args: readonly string[], log: string = daemon): void {
    const output = openSync(join(this.#folder, `log/${log}.out`), 'a')
    this.#daemons.push(spawn(this.#linked(daemon), args, { stdio: ['ignore', output, output] }))
  }

  /** Slurm knows its accelerators only under a daemon's true name, which Debian's builds do not bear. */
  #linked(daemon: Daemon): string {
    const path = pathOf(daemon)
    if (path === undefined) throw new Error(`${daemon} is not installed`)
    const link = join(this.#folder, 'sbin', daemon)
    if (!existsSync(link)) symlinkSync(realpathSync(path), link)
    return link
  }

  #configure([controller = 0, ...nodePorts]: readonly number[]): void {
    const { nodes, acceleratorsPerNode } = this.#size
    const range = nodes === 1 ? '0' : `[0-${nodes - 1}]`
    const within = (path: string) => join(this.#folder, path)
    const user = userInfo().username
    const conf = [
      'ClusterName=bench',
      `SlurmctldHost=${hostname().split('.')[0]}(127.0.0.1)`,
      `SlurmctldPort=${controller}`,
      `SlurmUser=${user}`,
      `SlurmdUser=${user}`,
      'AuthType=auth/munge',
      `AuthInfo=socket=${within('run/munge.sock')},cred_expire=5`,
      'CredType=cred/munge',
      `StateSaveLocation=${within('state')}`,
      `SlurmdSpoolDir=${within('spool')}/%n`,
      `SlurmctldPidFile=${within('run/slurmctld.pid')}`,
      `SlurmdPidFile=${within('run')}/slurmd-%n.pid`,
      'ProctrackType=proctrack/linuxproc',
      'TaskPlugin=task/none',
      'JobAcctGatherType=jobacct_gather/none',
      'AccountingStorageType=accounting_storage/none',
      'MpiDefault=none',
      'SchedulerType=sched/backfill',
      'SelectType=select/cons_tres',
      'SelectTypeParameters=CR_Core_Memory',
      'PriorityType=priority/basic',
      'GresTypes=gpu',
      'SlurmdParameters=config_overrides',
      // As eager as it can be told to be: every end and every submission is followed by a pass over the queue.
      'SchedulerParameters=sched_interval=2,sched_min_interval=0,batch_sched_delay=0,bf_interval=2,default_queue_depth=10000,max_rpc_cnt=0',
      'ReturnToService=2',
      'DefMemPerCPU=100',
      ...nodePorts.map(
        (port, node) =>
          `NodeName=n${node} NodeHostname=${hostname().split('.')[0]} NodeAddr=127.0.0.1 Port=${port} CPUs=32 Boards=1 SocketsPerBoard=2 CoresPerSocket=16 ThreadsPerCore=1 RealMemory=64000 Gres=gpu:${acceleratorsPerNode} State=UNKNOWN`,
      ),
      `PartitionName=all Nodes=n${range} Default=YES MaxTime=INFINITE DefaultTime=60 State=UP`,
    ]
    const gres = ['AutoDetect=off']
    for (let node = 0; node < nodes; node++) {
      mkdirSync(within(`dev/n${node}`), { recursive: true })
      for (let n = 0; n < acceleratorsPerNode; n++) symlinkSync('/dev/null', within(`dev/n${node}/gpu${n}`))
      gres.push(`NodeName=n${node} Name=gpu File=${within(`dev/n${node}`)}/gpu[0-${acceleratorsPerNode - 1}]`)
    }
    writeFileSync(within('etc/slurm.conf'), `${conf.join('\n')}\n`)
    writeFileSync(within('etc/gres.conf'), `${gres.join('\n')}\n`)
    writeFileSync(within('etc/cgroup.conf'), 'CgroupAutomount=no\n')
  }
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const giveUp = Date.now() + START_MS
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error(otherwise)
    await sleep(50)
  }
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const exit = new Promise<void>((resolve) => daemon.once('exit', () => resolve()))
  daemon.kill('SIGTERM')
  await Promise.race([exit, sleep(10_000)])
  if (daemon.exitCode === null && daemon.signalCode === null) daemon.kill('SIGKILL')
}

/** Ports that nobody listens on now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
