import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'

/** Waits until the rest of the machine is quiet. */
export interface Calm {
  /** Resolves to the share of the processors that others took just before, from 0 to 1. */
  wait(): Promise<number>
}

const sampleMs = 400
/** What others may take: a browser and the server need a core each. */
const quiet = 0.3
const longestMs = 15_000

/** A calm that waits a while before each measurement, until `budgetMs` is used up in all; then it only looks. */
export function createCalm(budgetMs: number): Calm {
  let left = budgetMs
  return {
    async wait() {
      for (let waited = 0; ; waited += sampleMs) {
        const share = await busyShare()
        if (share <= quiet || waited >= longestMs || left <= 0) return share
        left -= sampleMs
      }
    },
  }
}

async function busyShare(): Promise<number> {
  const before = ticks()
  await setTimeout(sampleMs)
  const after = ticks()
  const all = after.all - before.all
  return all === 0 ? 0 : 1 - (after.idle - before.idle) / all
}

function ticks(): { readonly idle: number; readonly all: number } {
  let idle = 0
  let all = 0
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.user + times.nice + times.sys + times.irq + times.idle
  }
  return { idle, all }
}
