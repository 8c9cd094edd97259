import { describe, expect, it } from 'vitest'
import { sumEvents, type TraceEvent } from './sum-events.ts'

const main = { pid: 1, tid: 1 }
const event = (name: string, ts: number, dur: number, tdur = dur): TraceEvent => ({
  ...main,
  name,
  ph: 'X',
  ts: ts * 1_000,
  dur: dur * 1_000,
  tdur: tdur * 1_000,
})
const thread = (pid: number): TraceEvent => ({
  name: 'thread_name',
  ph: 'M',
  pid,
  tid: 1,
  ts: 0,
  args: { name: 'CrRendererMain' },
})

describe('sumEvents', () => {
  it("counts an event's own time, without what ran inside it", () => {
    const lines = sumEvents([
      thread(1),
      event('Layout', 12, 3),
      event('Task', 10, 10, 8),
      event('Script', 16, 2),
      event('Task', 30, 4),
    ])
    expect(lines.map((line) => line.trim())).toEqual([
      '7.0  Task (2)',
      '3.0  Layout (1)',
      '2.0  Script (1)',
    ])
  })

  it('looks at the main thread of the busiest renderer only', () => {
    const other = { ...event('Other', 0, 50), pid: 2 }
    const lines = sumEvents([thread(1), thread(2), other, event('One', 0, 1), event('Two', 5, 1)])
    expect(lines.join()).not.toContain('Other')
  })
})
