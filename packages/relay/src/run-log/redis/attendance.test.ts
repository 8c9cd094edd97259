import { describe, expect, it } from 'vitest'
import { createAttendance } from './attendance.ts'

describe('createAttendance', () => {
  it('tells one thing at a time, and the newest next', async () => {
    const told: number[] = []
    let go: () => void = () => undefined
    const attendance = createAttendance((readers) => {
      told.push(readers)
      return new Promise((resolve) => (go = resolve))
    })
    const first = attendance.change(1)
    await Promise.resolve()
    const later = [2, 3, 4].map((readers) => attendance.change(readers))
    expect(told).toEqual([1])
    go()
    await first
    await Promise.resolve()
    go()
    await Promise.all(later)

    expect(told).toEqual([1, 4])
  })

  it('goes on after a failure', async () => {
    const told: number[] = []
    const attendance = createAttendance(async (readers) => {
      told.push(readers)
      if (readers === 1) throw new Error('away')
    })
    await expect(attendance.change(1)).rejects.toThrow('away')
    await attendance.change(2)

    expect(told).toEqual([1, 2])
  })

  it('repeats only what says that somebody is there', async () => {
    const told: string[] = []
    const attendance = createAttendance(async (readers, isNews) => {
      told.push(`${readers} ${isNews ? 'news' : 'again'}`)
    })
    attendance.repeat()
    await attendance.change(2)
    attendance.repeat()
    await new Promise((resolve) => setTimeout(resolve))
    await attendance.change(0)
    attendance.repeat()
    await new Promise((resolve) => setTimeout(resolve))

    expect(told).toEqual(['2 news', '2 again', '0 news'])
  })
})
