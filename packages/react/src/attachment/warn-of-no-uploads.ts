declare const process: { readonly env: { readonly NODE_ENV?: string } }

let isSaid = false

/**
 * Tells the developer, once and in development only, which option lets files be attached. The condition stands in the `try` so that
 * a bundler, which writes the mode in, leaves nothing of this in production.
 */
export function warnOfNoUploads(): void {
  try {
    if (process.env.NODE_ENV === 'development' && !isSaid) {
      isSaid = true
      console.warn(
        'Fluokit: no file can be attached, for the client has no `uploads`. Give it some: createFluoClient({ uploads: createUploads({ transport: relayUploads({ url }) }) }), with both from @fluokit/core/uploads.',
      )
    }
  } catch {
    // A page without a bundler has no `process`, and nothing is said there.
  }
}
