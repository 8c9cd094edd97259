import type { FileRef, TurnInput } from '@fluokit/core'
import type { ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import {
  Composer,
  useComposer,
  type ComposerView,
  type TurnFile,
  type FileKind,
  type Refusal,
} from '../index.ts'

describe('Composer.Root', () => {
  it('tells of a change and of a send with literal reasons', () => {
    void (
      <Composer.Root
        submitMode="mod-enter"
        maxLength={10}
        value="x"
        onValueChange={(value, details) => {
          expectTypeOf(value).toBeString()
          expectTypeOf(details.reason).toEqualTypeOf<
            'input' | 'sent' | 'refused' | 'reuse' | 'edit-last' | 'imperative-action'
          >()
          expectTypeOf(details.event).toEqualTypeOf<Event | null>()
          expectTypeOf(details.isCanceled).toBeBoolean()
          details.cancel()
          // @ts-expect-error only cancel() cancels
          details.isCanceled = true
        }}
        onSend={(input, { reason }) => {
          expectTypeOf(input).toEqualTypeOf<TurnInput>()
          expectTypeOf(reason).toEqualTypeOf<'enter-key' | 'send-press' | 'imperative-action'>()
        }}
      />
    )
    // @ts-expect-error no such mode
    void (<Composer.Root submitMode="tab" />)
    // @ts-expect-error a text, and no list of them
    void (<Composer.Root defaultValue={['x']} />)
  })
})

describe('Composer.Attachments', () => {
  it('takes a function of a file', () => {
    void (
      <Composer.Attachments>
        {(file): ReactNode => {
          expectTypeOf(file).toEqualTypeOf<TurnFile>()
          return file.name
        }}
      </Composer.Attachments>
    )
    // @ts-expect-error an element is no function
    void (<Composer.Attachments>{<p />}</Composer.Attachments>)
  })
})

describe('useComposer', () => {
  it('gives the draft to read and to act on', () => {
    const composer = useComposer()
    expectTypeOf(composer).toEqualTypeOf<ComposerView>()
    expectTypeOf(composer.addFile).parameters.toEqualTypeOf<[FileKind, FileRef]>()
    expectTypeOf(composer.submit).parameters.toEqualTypeOf<[]>()
    expectTypeOf(composer.refusal).toEqualTypeOf<Refusal | null>()
    // @ts-expect-error setText changes it
    composer.text = 'x'
  })
})
