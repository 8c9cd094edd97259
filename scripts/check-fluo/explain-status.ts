const sentences: Readonly<Record<number, string>> = {
  400: 'Fluo says that the request is wrong (400): its contract is not the documented one any more, or the agent wants more than a query.',
  401: 'Fluo does not accept the credentials (401): check FLUO_API_KEY and FLUO_PROJECT_ID.',
  402: 'Fluo asks for a payment (402): look at the billing of the project.',
  403: 'Fluo does not allow it (403): the key has no right to this project or agent.',
  404: 'Fluo does not know the agent (404): check FLUO_AGENT_ID, and FLUO_BASE_URL if it is set.',
  405: 'Fluo does not take this method here (405): check FLUO_BASE_URL.',
  408: 'Fluo waited too long for the request (408): try again later.',
  409: 'Fluo says that something else is under way (409): try again later.',
  413: 'Fluo says that the request is too large (413), although it is a few words long: something in front of it refuses it.',
  415: 'Fluo does not take JSON here (415): check FLUO_BASE_URL.',
  422: 'Fluo says that the request is not valid (422): its contract is not the documented one any more, or the agent wants more than a query.',
  429: 'Fluo says that a rate limit or usage cap is reached (429): try again later.',
  500: 'Fluo had a problem of its own (500): try again later.',
  502: 'Something in front of Fluo could not reach it (502): try again later.',
  503: 'Fluo is not available at the moment (503): try again later.',
  504: 'Something in front of Fluo waited too long for it (504): try again later.',
}

/** What an answer that is no event stream means, in one plain sentence. */
export function explainStatus(status: number): string {
  const known = sentences[status]
  if (known !== undefined) return known
  if (status === 204) return 'Fluo answered without a body (204).'
  if (status >= 200 && status < 300) {
    return `Fluo answered with something that is no event stream (${status}): a page or JSON.`
  }
  if (status >= 300 && status < 400) {
    return `Fluo answered with a redirect (${status}), which is never followed, because the key would travel along: check FLUO_BASE_URL.`
  }
  if (status >= 500) return `Fluo had a problem (${status}): try again later.`
  return `Fluo refused the request (${status}).`
}

/** What it means that nothing answered, in one plain sentence. `code` is the system's own, such as ECONNREFUSED. */
export function explainFailure(code: string | null): string {
  if (code === 'TIMEOUT') return 'Fluo did not answer in time.'
  const reason = code === null ? '' : ` (${code})`
  return `Fluo could not be reached${reason}: check the connection, and FLUO_BASE_URL if it is set.`
}
