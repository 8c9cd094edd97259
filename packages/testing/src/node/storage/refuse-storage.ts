import type { ServerResponse } from 'node:http'

/** The refusals of the storage, as storages write them. */
export const refusals = {
  InvalidRequest: [400, 'A header that belongs to the application came along.'],
  MissingRequiredHeader: [
    400,
    'A header that this storage demands is missing or has another value.',
  ],
  SignatureDoesNotMatch: [403, 'The signature does not match what was asked.'],
  AccessDenied: [403, 'Request has expired'],
  AccessForbidden: [403, 'CORSResponse: This CORS request is not allowed.'],
  NoSuchKey: [404, 'The file does not exist.'],
  MethodNotAllowed: [405, 'The method is not allowed.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  EntityTooLarge: [413, 'The file is larger than this storage takes.'],
  InvalidRange: [416, 'The requested range cannot be satisfied.'],
} as const

/** Answers with a refusal in XML. */
export function refuseStorage(response: ServerResponse, code: keyof typeof refusals): void {
  const [status, message] = refusals[code]
  sendXml(response, status, code, message)
}

/** Answers with a status that a test has asked for. */
export function failStorage(response: ServerResponse, status: number): void {
  sendXml(response, status, 'InternalError', 'The storage was told to fail.')
}

function sendXml(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  )
}
