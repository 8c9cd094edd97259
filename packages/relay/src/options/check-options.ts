import { checkLimits } from './check-limits.ts'
import { checkSealKeys } from './check-seal-keys.ts'
import { checkUploads } from './check-uploads.ts'
import { isLoopbackUrl } from './is-loopback-url.ts'
import { isWebOrigin } from './is-web-origin.ts'
import type { RelayOptions } from './relay-options.ts'

/**
 * Throws an `Error` of one sentence for options that could not work or would not be safe. The sentence names the
 * option and never contains its value.
 */
export function checkOptions(options: RelayOptions): void {
  const {
    apiKey,
    projectId,
    agents,
    sealKeys,
    authorize,
    baseUrl,
    origins,
    fileHosts,
    threadLifetimeMs,
    graceMs,
  } = options
  if (!isHeaderValue(apiKey)) {
    throw new Error(
      'createRelay: apiKey is missing or contains characters that a header cannot carry.',
    )
  }
  if (!isHeaderValue(projectId)) {
    throw new Error(
      'createRelay: projectId is missing or contains characters that a header cannot carry.',
    )
  }
  if (!Array.isArray(agents) || agents.length === 0 || !agents.every(isAgentId)) {
    throw new Error('createRelay: agents must list at least one agent ID.')
  }
  checkSealKeys(sealKeys)
  if (typeof authorize !== 'function') {
    throw new Error(
      'createRelay: authorize is missing; it says who asks, and anonymousCookie() is one to start with.',
    )
  }
  if (baseUrl !== undefined && !isSafeBase(baseUrl)) {
    throw new Error(
      'createRelay: baseUrl must be an https URL (http only on loopback) without credentials, query or fragment.',
    )
  }
  if (origins !== undefined && !(Array.isArray(origins) && origins.every(isWebOrigin))) {
    throw new Error(
      'createRelay: origins takes exact origins such as https://app.example.com, without a path, a slash at the end or *.',
    )
  }
  if (fileHosts !== undefined && !(Array.isArray(fileHosts) && fileHosts.every(isHost))) {
    throw new Error(
      'createRelay: fileHosts takes plain lower-case host names such as files.example.com, without the port 443.',
    )
  }
  if (
    threadLifetimeMs !== undefined &&
    !(Number.isSafeInteger(threadLifetimeMs) && threadLifetimeMs > 0)
  ) {
    throw new Error('createRelay: threadLifetimeMs must be a positive whole number.')
  }
  if (
    graceMs !== undefined &&
    !(Number.isSafeInteger(graceMs) && graceMs >= 0 && graceMs < 2 ** 31)
  ) {
    throw new Error(
      'createRelay: graceMs must be a whole number of milliseconds from 0 to 2147483647.',
    )
  }
  checkLimits(options.limits)
  checkUploads(options)
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** `.` and `..` would walk the path even when they are encoded. */
function isAgentId(id: unknown): boolean {
  return typeof id === 'string' && id !== '.' && id !== '..' && /^\P{Surrogate}+$/u.test(id)
}

function isSafeBase(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const url = new URL(baseUrl)
  const { protocol, username, password, search, hash } = url
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  return protocol === 'https:' || isLoopbackUrl(url)
}

/** A name that every URL parser leaves as it is; of addresses, only those that are written out. */
function isHost(host: unknown): boolean {
  if (typeof host !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(host)) return false
  const url = `https://${host}`
  return URL.canParse(url) && new URL(url).host === host
}
