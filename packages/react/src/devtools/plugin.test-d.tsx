import type { TanStackDevtoolsReactPlugin } from '@tanstack/react-devtools'
import { scriptedTransport, type Step } from '@fluokit/testing'
import { expectTypeOf, it } from 'vitest'
import * as production from './in-production.ts'
import * as devtools from './index.ts'

it('fits into the plugins of TanStack Devtools', () => {
  expectTypeOf<devtools.FluoDevtoolsPlugin>().toExtend<TanStackDevtoolsReactPlugin>()
  expectTypeOf(devtools.fluoDevtoolsPlugin()).toExtend<TanStackDevtoolsReactPlugin>()
})

it('writes steps as scripts of @fluokit/testing are made of', () => {
  expectTypeOf<devtools.ScriptStep>().toExtend<Step>()
  expectTypeOf(scriptedTransport).parameter(0).extract<{ steps: unknown }>().toHaveProperty('steps')
})

it('is the same to whoever uses it in production', () => {
  expectTypeOf<typeof devtools.FluoDevtools>().toExtend<
    (
      ...props: Parameters<typeof devtools.FluoDevtools>
    ) => ReturnType<typeof production.FluoDevtools>
  >()
  expectTypeOf<keyof typeof production>().toEqualTypeOf<keyof typeof devtools>()
  expectTypeOf<typeof production>().toExtend<typeof devtools>()
})
