import type { Bench } from '../src/measure/probe.ts'

declare global {
  interface Window {
    readonly bench: Bench
  }
}
