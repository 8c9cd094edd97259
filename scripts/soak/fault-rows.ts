import type { Framing, Http2Fault, TransportFault } from '@fluokit/testing/node'
import type { Sight } from './expect-run.ts'

/** One way in which a connection goes wrong, tried at every byte of the body or of the head. */
export interface FaultRow {
  readonly name: string
  readonly place: 'body' | 'head'
  readonly fault: TransportFault
  readonly framing: Framing
  /** Over HTTP/2 instead. */
  readonly http2?: Http2Fault
  /** What a client sees when so many of all bytes of the body have arrived. */
  sight(arrived: number, all: number): Sight
}

type Sees = FaultRow['sight']

const broken: Sees = () => 'broken'
const clean: Sees = () => 'clean'
const whole: Sees = () => 'whole'
const stalled: Sees = () => 'stalled'
/** A body is whole with the last byte that its head promised. */
const brokenWithin: Sees = (arrived, all) => (arrived < all ? 'broken' : 'whole')
const stalledWithin: Sees = (arrived, all) => (arrived < all ? 'stalled' : 'whole')

const body = (framing: Framing, fault: TransportFault, sight: Sees): FaultRow => ({
  name: `${fault}, ${framing}`,
  place: 'body',
  fault,
  framing,
  sight,
})
const head = (fault: TransportFault, sight: Sees): FaultRow => ({
  name: `${fault}, in the head`,
  place: 'head',
  fault,
  framing: 'chunked',
  sight,
})
const http2 = (fault: Http2Fault, sight: Sees): FaultRow => ({
  name: `HTTP/2 ${fault}`,
  place: 'body',
  fault: 'none',
  framing: 'chunked',
  http2: fault,
  sight,
})

/**
 * The faults of a transport. Where the end of the connection is the end of the body, a cut cannot be told from an
 * end: Node takes a reset for one, too, as browsers do a FIN.
 */
export const faultRows: readonly FaultRow[] = [
  body('chunked', 'reset', broken),
  body('content-length', 'reset', brokenWithin),
  body('close', 'reset', clean),
  body('chunked', 'close', broken),
  body('content-length', 'close', brokenWithin),
  body('close', 'close', clean),
  body('chunked', 'half-close', broken),
  body('content-length', 'half-close', brokenWithin),
  body('close', 'half-close', clean),
  body('chunked', 'cut-chunk', broken),
  body('chunked', 'bad-chunk', broken),
  body('chunked', 'end-early', clean),
  body('content-length', 'end-early', clean),
  body('chunked', 'stall', stalled),
  body('content-length', 'stall', stalledWithin),
  body('close', 'stall', stalled),
  body('chunked', 'split', whole),
  body('close', 'split', whole),
  body('chunked', 'drip', whole),
  body('chunked', 'rechunk', whole),
  body('chunked', 'repeat', whole),
  http2('rst-stream', broken),
  http2('goaway', broken),
  http2('graceful-goaway', whole),
  http2('end-early', clean),
  head('reset', () => 'unanswered'),
  head('close', () => 'unanswered'),
  head('stall', stalled),
  head('drip', whole),
]
