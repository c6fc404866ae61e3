import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long work has come, on a terminal and nowhere else. */
export interface Progress {
  /** `share` from 0 to 1. */
  update(share: number): void
  stop(): void
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined }

export function startProgress(title: string): Progress {
  if (!process.stderr.isTTY) return SILENT
  const options = {
    format: `${title} {bar} {percentage} %`,
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  }
  const bar = new SingleBar(options, Presets.shades_grey)
  bar.start(100, 0)
  return {
    update: (share) => bar.update(Math.round(share * 100)),
    stop: () => bar.stop(),
  }
}
