import type { Thread, TurnInput, UploadedFile } from '@fluokit/core'
import { fileLists, type Upload } from '@fluokit/core/uploads'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { clientOf } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { threadFiles } from './thread-files.ts'
import type { TurnFile } from './turn-file.ts'

/** A thread whose draft and uploads a test sets by hand. */
function handSet() {
  const draft = createStore<TurnInput | null>(() => null)
  const store = createStore<readonly Upload[]>(() => [])
  const thread = clientOf(handDriven()).thread({ agentId: 'agent' })
  const uploads = { store } as unknown as NonNullable<Thread['uploads']>
  const files = threadFiles({ ...thread, draft, uploads } as Thread)
  const seen: (readonly TurnFile[])[] = []
  files.subscribe((now) => void seen.push(now))
  return { draft, store, files, seen }
}

type Kind = keyof typeof fileLists

function uploadOf(id: string, kind: Kind): Upload {
  return {
    id,
    kind,
    name: id,
    mediaType: 'text/plain',
    size: 1,
    file: new File(['x'], id),
    status: 'queued',
    uploaded: null,
    error: null,
    canRetry: false,
    progress: createStore(() => 0),
  }
}

const step = fc.record({
  what: fc.constantFrom('add', 'name', 'ready', 'fail', 'remove', 'write', 'send'),
  at: fc.nat(5),
  kind: fc.constantFrom('document', 'image', 'audio'),
  isDraftFirst: fc.boolean(),
})

describe('threadFiles', () => {
  it('has every file once, in the order in which it came, whatever becomes of each and in whatever order it is told', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { draft, store, files } = handSet()
        let expected: readonly string[] = []
        let count = 0
        const inDraft = (list: string, file: UploadedFile): TurnInput => {
          const before = draft.getState() ?? { query: '' }
          const files = (before as unknown as Record<string, readonly unknown[]>)[list] ?? []
          return { ...before, [list]: [...files, file] }
        }
        for (const { what, at, kind, isDraftFirst } of steps) {
          const uploads = store.getState()
          const upload = uploads[at % Math.max(1, uploads.length)]
          const before = files.getState()
          if (what === 'add' || what === 'name') {
            count += 1
            const id = `${what}-${count}`
            if (what === 'add') store.setState([...uploads, uploadOf(id, kind)], true)
            else
              draft.setState(
                inDraft(fileLists[kind], { name: id, mediaType: 'a/b', size: 1, ref: id }),
              )
            expected = [...expected, id]
          }
          if (what === 'write') draft.setState({ ...draft.getState(), query: `${count}` })
          if (what === 'send') {
            const sent = before.filter(({ status }) => status === 'ready').map(({ name }) => name)
            draft.setState({ query: '' }, true)
            store.setState(
              uploads.filter(({ status }) => status !== 'ready'),
              true,
            )
            expected = expected.filter((name) => !sent.includes(name))
          }
          if (upload === undefined || what === 'add' || what === 'name') continue
          if (what === 'fail' && upload.status !== 'ready') {
            store.setState(
              uploads.map((other) => (other === upload ? { ...upload, status: 'failed' } : other)),
              true,
            )
          }
          if (what === 'ready' && upload.status !== 'ready') {
            const { name, mediaType, size } = upload
            const uploaded = { name, mediaType, size, ref: `ref ${upload.id}` }
            const draftIt = (): void => draft.setState(inDraft(fileLists[upload.kind], uploaded))
            if (isDraftFirst) draftIt()
            store.setState(
              uploads.map((other) =>
                other === upload ? { ...upload, status: 'ready', uploaded } : other,
              ),
              true,
            )
            if (!isDraftFirst) draftIt()
          }
          if (what === 'remove' && upload.status !== 'ready') {
            store.setState(
              uploads.filter((other) => other !== upload),
              true,
            )
            expected = expected.filter((name) => name !== upload.name)
          }
        }
        const shown = files.getState()
        expect(shown.map(({ name }) => name)).toEqual(expected)
        expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
      }),
    )
  })

  it('tells of a change once, and of none that is none', () => {
    const { draft, store, seen } = handSet()
    store.setState([uploadOf('a', 'document')], true)
    expect(seen).toHaveLength(1)
    draft.setState({ query: 'H' }, true)
    draft.setState({ query: 'Hi' }, true)
    store.setState([...store.getState()], true)

    expect(seen).toHaveLength(1)
  })
})
