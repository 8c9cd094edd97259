import { afterEach, describe, expect, it, vi } from 'vitest'

afterEach(() => vi.restoreAllMocks())

describe('@fluokit/react', () => {
  it('listens to nothing on the page for being imported', async () => {
    const added = [document, window].map((target) => vi.spyOn(target, 'addEventListener'))
    const listened = (): unknown[] => added.flatMap((spy) => spy.mock.calls.map(([type]) => type))
    document.addEventListener('probe-document', () => undefined)
    addEventListener('probe-window', () => undefined)
    expect(listened()).toEqual(['probe-document', 'probe-window'])

    vi.resetModules()
    const fresh = await import('./index.ts')

    expect(fresh.ChatThread).toBeDefined()
    expect(listened()).toEqual(['probe-document', 'probe-window'])
  })
})
