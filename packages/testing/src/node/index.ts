export type { Agent, AgentTurn, ThreadTurn, TurnFile } from './agent.ts'
export type {
  Breakage,
  FaultProxy,
  FaultProxyOptions,
  Framing,
  TransportFault,
} from './fault-proxy.ts'
export type { RecordedRequest } from './recorded-request.ts'
export type { StandIn, StandInOptions } from './stand-in.ts'
export { startFaultProxy } from './start-fault-proxy.ts'
export {
  startHttp2FaultProxy,
  type Http2Breakage,
  type Http2Fault,
  type Http2FaultProxy,
} from './start-http2-fault-proxy.ts'
export { startStandIn } from './start-stand-in.ts'
export type { StandInFile, StandInThread, StandInTurn } from './stand-in-thread.ts'
export type { RecordedPut } from './storage/recorded-put.ts'
export type {
  StandInStorage,
  StorageCall,
  StorageOptions,
  StorageSettings,
  StoredFile,
} from './storage/stand-in-storage.ts'
