import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAnimationFrames, createFrameCommit } from './frame-commit.ts'

describe('createFrameCommit', () => {
  function handScheduler() {
    const frames: (() => void)[] = []
    const cancelled = vi.fn<() => void>()
    const schedule = (callback: () => void) => {
      frames.push(callback)
      return cancelled
    }
    return { frames, cancelled, schedule }
  }

  it('commits once for any number of requests in a frame, and again in the next', () => {
    const { frames, schedule } = handScheduler()
    const commit = vi.fn<() => boolean>(() => false)
    const frame = createFrameCommit(schedule, commit)

    frame.request()
    frame.request()
    expect(commit).not.toHaveBeenCalled()
    frames[0]?.()
    frame.request()

    expect(commit).toHaveBeenCalledTimes(1)
    expect(frames).toHaveLength(2)
  })

  it('takes a request back, once, and can be asked again', () => {
    const { frames, cancelled, schedule } = handScheduler()
    const frame = createFrameCommit(schedule, () => false)

    frame.cancel()
    frame.request()
    frame.cancel()
    frame.cancel()
    frame.request()

    expect(cancelled).toHaveBeenCalledTimes(1)
    expect(frames).toHaveLength(2)
  })

  it('can be asked from inside a commit', () => {
    const { frames, schedule } = handScheduler()
    let left = 1
    const frame = createFrameCommit(schedule, () => {
      if (left-- > 0) frame.request()
      return true
    })

    frame.request()
    frames[0]?.()

    expect(frames).toHaveLength(2)
  })

  it('works with a scheduler that calls back at once', () => {
    const commit = vi.fn<() => boolean>(() => true)
    const frame = createFrameCommit((callback) => {
      callback()
      return () => undefined
    }, commit)

    frame.request()
    frame.request()

    frame.hurry()

    expect(commit).toHaveBeenCalledTimes(3)
  })

  it('hurries once a frame, and with the next one that has had no commit after that', () => {
    const { frames, schedule } = handScheduler()
    const commit = vi.fn<() => boolean>(() => true)
    const frame = createFrameCommit(schedule, commit)

    frame.hurry()
    frame.hurry()
    frame.hurry()
    expect(commit).toHaveBeenCalledTimes(1)
    frames[0]?.() // paints what was hurried
    frame.hurry()
    expect(commit).toHaveBeenCalledTimes(1)
    frames[1]?.()
    expect(commit).toHaveBeenCalledTimes(2)
    frame.hurry()
    expect(commit).toHaveBeenCalledTimes(2)
    frames[2]?.()
    frames[3]?.()
    frame.hurry()

    expect(commit).toHaveBeenCalledTimes(4)
  })

  it('gives way to what else the next frame paints', () => {
    const { frames, schedule } = handScheduler()
    const commit = vi.fn<() => boolean>(() => true)
    const frame = createFrameCommit(schedule, commit)

    frame.giveWay()
    frame.request()
    frames[0]?.()
    expect(commit).not.toHaveBeenCalled()
    frames[1]?.()

    expect(commit).toHaveBeenCalledTimes(1)
  })

  it.each([0, 1, 2, 3])('commits at most once for what a frame paints, from seed %d on', (seed) => {
    const { frames, schedule } = handScheduler()
    let commits = 0
    const frame = createFrameCommit(schedule, () => {
      commits += 1
      return true
    })
    const perFrame: number[] = []
    let chance = seed + 1
    for (let count = 0; count < 500; count += 1) {
      chance = (chance * 75) % 65_537
      if (chance % 3 === 0) {
        for (const callback of frames.splice(0)) callback()
        perFrame.push(commits) // which the browser paints now
        commits = 0
      } else if (chance % 3 === 1) frame.hurry()
      else frame.request()
    }

    expect(Math.max(...perFrame)).toBe(1)
  })

  it('hurries again at once where there was nothing to commit, or the frame was taken back', () => {
    const { frames, schedule } = handScheduler()
    let hasNews = false
    const commit = vi.fn<() => boolean>(() => hasNews)
    const frame = createFrameCommit(schedule, commit)

    frame.hurry()
    expect(frames).toHaveLength(0)
    hasNews = true
    frame.hurry()
    frame.cancel()
    frame.hurry()

    expect(commit).toHaveBeenCalledTimes(3)
  })
})

describe('createAnimationFrames', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => {
    vi.restoreAllMocks() // first, or a spy would bring a clock back that is over
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  function stubPage(visibilityState: string) {
    const frames = new Map<number, () => void>()
    const page = { visibilityState }
    let last = 0
    vi.stubGlobal('document', page)
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
      frames.set((last += 1), callback)
      return last
    })
    vi.stubGlobal('cancelAnimationFrame', (frame: number) => void frames.delete(frame))
    const paint = (): void => {
      const due = [...frames.values()]
      frames.clear()
      for (const callback of due) callback()
    }
    return { page, frames, paint }
  }

  it('calls back with the next frame, once, and leaves no timer behind', () => {
    const { paint } = stubPage('visible')
    const callback = vi.fn<() => void>()

    createAnimationFrames()(callback)
    paint()
    paint()
    vi.advanceTimersByTime(1000)

    expect(callback).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('sets one timer for any number of frames', () => {
    const { paint } = stubPage('visible')
    const schedule = createAnimationFrames()
    const set = vi.spyOn(globalThis, 'setTimeout')
    const callback = vi.fn<() => void>()

    for (let frame = 0; frame < 60; frame += 1) {
      schedule(callback)
      paint()
    }

    expect(callback).toHaveBeenCalledTimes(60)
    expect(set).toHaveBeenCalledTimes(1)
  })

  it('calls back by timer in a page that is hidden later, also after a pause', () => {
    const { page, paint } = stubPage('visible')
    const schedule = createAnimationFrames()
    const callback = vi.fn<() => void>()
    schedule(callback)
    paint()
    vi.advanceTimersByTime(1000)
    page.visibilityState = 'hidden'

    schedule(callback)
    schedule(callback)
    vi.advanceTimersByTime(1000)

    expect(callback).toHaveBeenCalledTimes(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits for the frame as long as the page is visible', () => {
    stubPage('visible')
    const callback = vi.fn<() => void>()

    createAnimationFrames()(callback)
    vi.advanceTimersByTime(10_000)

    expect(callback).not.toHaveBeenCalled()
  })

  it('calls back by timer, once, while the page is hidden', () => {
    const { frames, paint } = stubPage('hidden')
    const callback = vi.fn<() => void>()

    createAnimationFrames()(callback)
    vi.advanceTimersByTime(1000)
    paint()

    expect(callback).toHaveBeenCalledTimes(1)
    expect(frames.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('calls back when the page is hidden after it was asked', () => {
    const { page } = stubPage('visible')
    const callback = vi.fn<() => void>()
    createAnimationFrames()(callback)
    vi.advanceTimersByTime(500)

    page.visibilityState = 'hidden'
    vi.advanceTimersByTime(500)

    expect(callback).toHaveBeenCalledTimes(1)
  })

  it('calls back by timer where there are no frames', () => {
    const callback = vi.fn<() => void>()

    createAnimationFrames()(callback)
    vi.advanceTimersByTime(100)

    expect(callback).toHaveBeenCalledTimes(1)
  })

  it('never calls back once it is cancelled', () => {
    const { frames, paint } = stubPage('hidden')
    const callback = vi.fn<() => void>()

    createAnimationFrames()(callback)()
    paint()
    vi.advanceTimersByTime(1000)

    expect(callback).not.toHaveBeenCalled()
    expect(frames.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
