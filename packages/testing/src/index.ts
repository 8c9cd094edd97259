export type { Cut } from './cut-bytes.ts'
export { deltaSteps } from './delta-steps.ts'
export type { Player, PlayerPosition } from './player.ts'
export { defineScript, type Script, type Step } from './script.ts'
export { scriptedTransport, type ScriptedTransportOptions } from './scripted-transport.ts'
export {
  scriptedUploads,
  type ScriptedPut,
  type ScriptedUploads,
  type ScriptedUploadsOptions,
  type UploadEnd,
  type UploadPlan,
} from './scripted-uploads.ts'
export { scripts, type ScriptName } from './scripts.ts'
export { shapes, type ShapeName } from './shapes.ts'
export type { EncodeShape, ShapeIds } from './shapes/encode-shape.ts'
export type { Schedule } from './sleep.ts'
