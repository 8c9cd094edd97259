declare const process: { readonly env: { readonly NODE_ENV?: string } }

let isSaid = false

/** Tells the developer, once and in development only, which option lets files be attached. */
export function warnOfNoUploads(): void {
  if (isSaid || !isDevelopment()) return
  isSaid = true
  console.warn(
    'Fluokit: no file can be attached, for the client has no `uploads`. Give it some: createFluoClient({ uploads: createUploads({ transport: relayUploads({ url }) }) }), with both from @fluokit/core/uploads.',
  )
}

/** Bundlers write the value in here; in a page without one there is no `process`, and nothing is said. */
function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV === 'development'
  } catch {
    return false
  }
}
