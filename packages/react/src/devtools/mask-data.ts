import { mapData } from './map-data.ts'
import { maskText } from './mask-text.ts'

/** Data of a tool with all of its words masked, those of its keys as well. Digits become ones, so a number stays one. */
export function maskData(value: unknown): unknown {
  return mapData(value, { text: maskText, number: maskNumber })
}

function maskNumber(value: number | bigint): number {
  const masked = Number(String(value).replaceAll(/\d/g, '1'))
  return Number.isFinite(masked) ? masked : 1
}
