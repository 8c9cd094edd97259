import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads } from '@fluokit/testing'
import { act } from '@testing-library/react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { textFile } from '../test/attached.tsx'
import { clientOf, renderWith, settled, takeComplaints } from '../test/chat.tsx'
import { delta, handDriven, type HandDrivenRun } from '../test/hand-driven.ts'
import { ChatThread, useFluoThread, useFluoUpload, type UploadView } from './index.ts'
import type { FluoClient, SendResult, ThreadOptions } from '@fluokit/core'

interface Page {
  readonly upload: () => UploadView
  readonly send: (query: string) => Promise<SendResult>
  readonly client: FluoClient
  readonly storage: ReturnType<typeof scriptedUploads>
  readonly newest: () => HandDrivenRun
  readonly inputs: () => readonly unknown[]
}

/** A page of one's own, without a part. */
function page(options: ThreadOptions = { agentId: 'agent' }, hasUploads = true): Page {
  const storage = scriptedUploads({ plan: () => 'held' })
  const hand = handDriven()
  const client = clientOf({
    ...hand,
    ...(hasUploads && { uploads: createUploads({ transport: storage.transport }) }),
  })
  const seen: { upload?: UploadView; send?: Page['send'] } = {}
  function Own(): ReactNode {
    const { send } = useFluoThread(options)
    const upload = useFluoUpload(options)
    seen.upload = upload
    seen.send = (query) => send({ query, ...upload.input })
    return null
  }
  renderWith(client, <Own />)
  return {
    upload() {
      if (seen.upload === undefined) throw new Error('There is no page.')
      return seen.upload
    },
    send: (query) => seen.send?.(query) ?? Promise.reject(new Error('There is no page.')),
    client,
    storage,
    newest: hand.newest,
    inputs: () => hand.runs.map(({ request }) => request.input),
  }
}

const names = ({ files }: UploadView): readonly string[] => files.map(({ name }) => name)

describe('useFluoUpload', () => {
  it('uploads what is added, and gives what a send takes', async () => {
    const { upload, send, storage, inputs, newest } = page()
    act(() => void upload().add([textFile('a.txt')]))
    expect(upload()).toMatchObject({ isUploading: true, input: {} })
    await settled()
    storage.put('a.txt').end('stored')
    await act(() => upload().settled())
    await settled()
    expect(upload()).toMatchObject({
      isUploading: false,
      input: { documents: [{ name: 'a.txt' }] },
    })

    act(() => void send('What is this?'))
    await settled()

    expect(inputs()).toMatchObject([{ query: 'What is this?', documents: [{ name: 'a.txt' }] }])
    expect(names(upload())).toEqual([])
    await newest().emit(delta('x'))
    await newest().end()
    expect(names(upload())).toEqual([])
    expect(upload().input).toEqual({})
  })

  it('keeps what did not go with the turn', async () => {
    const { upload, send, storage } = page()
    act(() => void upload().add([textFile('a.txt'), textFile('b.txt')]))
    await settled()
    storage.put('a.txt').end('stored')
    await settled()
    act(() => void send('one'))
    await settled()

    expect(names(upload())).toEqual(['b.txt'])
  })

  it('has the files again where the turn was withdrawn before it was asked', async () => {
    const { upload, send, storage, client, newest } = page({
      agentId: 'agent',
      whenBusy: 'queue',
    })
    const thread = client.thread({ agentId: 'agent', whenBusy: 'queue' })
    act(() => void thread.send('first'))
    await newest().emit(delta('x'))
    act(() => void upload().add([textFile('a.txt')]))
    await settled()
    storage.put('a.txt').end('stored')
    await settled()
    act(() => void send('second'))
    await settled()
    expect(names(upload())).toEqual([])

    const [queued] = thread.store.getState().queued
    act(() => thread.cancelQueued(queued?.id ?? ''))
    await settled()

    expect(names(upload())).toEqual(['a.txt'])
    expect(upload().input).toMatchObject({ documents: [{ name: 'a.txt' }] })
  })

  it('takes out and tries again', async () => {
    const { upload, storage } = page()
    act(() => void upload().add([textFile('a.txt'), textFile('b.txt')]))
    await settled()
    storage.put('a.txt').end('refused')
    await settled()
    await settled()
    expect(upload().files.map(({ status }) => status)).toEqual(['failed', 'uploading'])
    act(() => upload().files.forEach(upload().retry))
    await settled()
    expect(upload().files.map(({ status }) => status)).toEqual(['uploading', 'uploading'])
    expect(storage.puts).toHaveLength(3)
    act(() => upload().files.forEach(upload().remove))

    expect(names(upload())).toEqual([])
    expect(storage.puts.every(({ signal }, at) => at === 0 || signal.aborted)).toBe(true)
  })

  it('says how many files were left out', () => {
    const { upload } = page()
    const files = Array.from({ length: 12 }, (_, index) => textFile(`${index}.txt`))
    let leftOut = 0
    act(() => void (leftOut = upload().add(files)))

    expect(leftOut).toBe(2)
    expect(upload().limits?.files).toBe(10)
  })

  it('is of the ChatThread.Root above without options, and its actions are stable', () => {
    const seen: UploadView[] = []
    function See(): ReactNode {
      seen.push(useFluoUpload())
      return null
    }
    const uploads = createUploads({ transport: scriptedUploads({ plan: () => 'held' }).transport })
    renderWith(
      clientOf({ ...handDriven(), uploads }),
      <ChatThread.Root agentId="agent">
        <See />
      </ChatThread.Root>,
    )
    act(() => void seen.at(-1)?.add([textFile('a.txt')]))

    const { add, remove, retry, settled: done } = seen[0] as UploadView
    expect(seen.at(-1)).toMatchObject({ add, remove, retry, settled: done })
    expect(seen.at(-1)?.files).toHaveLength(1)
  })

  it('does nothing where nothing can be uploaded', async () => {
    const { upload } = page({ agentId: 'agent' }, false)

    expect(upload().add([textFile('a.txt')])).toBe(0)
    expect(upload()).toMatchObject({ files: [], limits: null, isUploading: false })
    await upload().settled()
    expect(takeComplaints()).toBe('')
  })
})
