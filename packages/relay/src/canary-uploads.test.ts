import type { SignedUpload } from '@fluokit/core/wire'
import { describe, expect, it } from 'vitest'
import { fakeStorage } from './__fixtures__/fake-storage.ts'
import { refuse, stream } from './__fixtures__/fake-upstream.ts'
import { apiKey, call, projectId, start, testRelay } from './__fixtures__/test-relay.ts'
import { blobPathOf, signature, uploadFluo } from './__fixtures__/upload-fluo.ts'
import { bring, fileOf, upload } from './__fixtures__/uploads.ts'
import type { RelayLogEntry } from './answer/relay-log.ts'

const name = 'canary of ann (2026).pdf'
const bytes = 'twelve canar'
const json = JSON.stringify

/** What must not be seen, by its name; as it is and as others write it. */
function secretsOf(storage: string): Readonly<Record<string, readonly string[]>> {
  const forms = (text: string): readonly string[] => [text, encodeURIComponent(text)]
  return {
    key: [apiKey, projectId],
    name: forms(name),
    path: forms(blobPathOf(1)),
    put: forms(`${storage}/put/${blobPathOf(1)}`),
    view: forms(`${storage}/view/${blobPathOf(1)}`),
    signature: forms(signature),
  }
}

/** Who fails; each says all that it was told, and when a run is asked for, all that there is. */
type Fault = 'none' | 'place' | 'view' | 'storage' | 'run'
const faults: readonly Fault[] = ['none', 'place', 'view', 'storage', 'run']

async function seeUpload(fault: Fault, status: number, mode: 'direct' | 'relay') {
  const told: string[] = []
  const storage = await fakeStorage({
    answer: (response) =>
      void response.writeHead(fault === 'storage' ? status : 200).end(told.join(' ')),
  })
  const secrets = secretsOf(storage.url)
  const urls = ['put', 'view'].map((kind) => `${storage.url}/${kind}/${blobPathOf(1)}?${signature}`)
  told.push(...urls)
  const all = [apiKey, projectId, name, blobPathOf(1), ...urls, ...urls.map(encodeURIComponent)]
  const echo = all.join(' ')
  const says = { place: [apiKey, projectId, name], view: [apiKey, projectId, blobPathOf(1)] }
  const detail = (fault === 'place' || fault === 'view' ? says[fault] : all).join(' ')
  const refusal = refuse(status, { detail, type: detail }, { 'x-request-id': apiKey })
  const faulty: Partial<Record<Fault, string>> = { place: '/request', view: '/view-url' }
  const suffix = faulty[fault]
  const upstream = await uploadFluo({
    storage: storage.url,
    over: (path) => (suffix !== undefined && path.endsWith(suffix) ? refusal : null),
    run:
      fault === 'run'
        ? refusal
        : stream(
            'event: run_start\ndata: {"thread_id":"thread_1"}',
            `event: tool_start\ndata: ${json({ tool_call_id: 'a', tool_name: 'read', args: { echo, [echo]: [echo] } })}`,
            `event: tool_end\ndata: ${json({ tool_call_id: 'a', error: echo, output: json({ echo }) })}`,
            `event: usage\ndata: ${json({ echo })}`,
            `event: notice\ndata: ${echo}`,
            `event: error\ndata: ${json({ detail: echo, status: 500 })}`,
          ),
  })
  const { relay, log } = testRelay(upstream.url, { uploads: { upload: mode } })
  const textOf = async (response: Response): Promise<string> =>
    json([response.status, ...response.headers]) + (await response.text())

  const issued = await relay(call(upload({ name: `C:\\Users\\${name}` })))
  const place = (await issued.clone().json()) as Partial<SignedUpload>
  const { ref = 'none', ticket = null, url = null } = place
  const documents = [fileOf(ref, { name })]
  const answers = {
    upload: await textOf(issued),
    put: url === null ? await textOf(await relay(bring(ticket, bytes))) : '',
    view: await textOf(await relay(call({ op: 'view', ref }))),
    run: await textOf(await relay(call(start({ input: { query: 'Compare them.', documents } })))),
  }
  return { answers, log, secrets, ref, ticket, puts: storage.puts }
}

/** The names of what is seen in a text and does not belong there. */
function seenIn(
  text: string,
  secrets: Readonly<Record<string, readonly string[]>>,
  except: readonly string[] = [],
): readonly string[] {
  return Object.keys(secrets).filter(
    (kind) => !except.includes(kind) && secrets[kind]?.some((secret) => text.includes(secret)),
  )
}

function textOfLog(log: readonly RelayLogEntry[]): string {
  return log.map((entry) => json(entry)).join('\n')
}

describe('the relay, with files', () => {
  it.each(
    (['direct', 'relay'] as const).flatMap((mode) =>
      faults.flatMap((fault) =>
        [400, 403, 404, 429, 500].map((status) => [mode, fault, status] as const),
      ),
    ),
  )(
    'with uploads %s and a fault of %s (%i) shows names, paths and signed URLs in no log, and in no answer but their own (T35) (T02) (T09)',
    async (mode, fault, status) => {
      const { answers, log, secrets, ref, ticket, puts } = await seeUpload(fault, status, mode)

      const isDirect = mode === 'direct'
      expect(seenIn(answers.upload, secrets, isDirect ? ['put', 'path', 'signature'] : [])).toEqual(
        [],
      )
      expect(seenIn(answers.put, secrets)).toEqual([])
      expect(seenIn(answers.view, secrets, ['view', 'path', 'signature'])).toEqual([])
      // In the place of what is signed stands the file's name, for its own person.
      expect(seenIn(answers.run, secrets, ['name'])).toEqual([])
      expect(
        seenIn(textOfLog(log), { ...secrets, ref: [ref], ...(ticket && { ticket: [ticket] }) }),
      ).toEqual([])
      for (const { headers } of puts) {
        expect(json(headers)).not.toContain(apiKey)
        expect(json(headers)).not.toContain(projectId)
      }
    },
  )

  it('says all of it where it belongs, or the test before sees nothing', async () => {
    const { answers, secrets, log } = await seeUpload('none', 200, 'direct')

    expect(seenIn(answers.upload, secrets)).toEqual(['path', 'put', 'signature'])
    expect(seenIn(answers.view, secrets)).toEqual(['path', 'view', 'signature'])
    expect(answers.run).toContain(name)
    expect(log.map(({ event }) => event)).toEqual(['upload', 'view', 'run-start', 'run-end'])
    const failed = await seeUpload('place', 500, 'relay')
    expect(textOfLog(failed.log)).toContain('[file]')
  })
})
