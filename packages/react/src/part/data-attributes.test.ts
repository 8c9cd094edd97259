import { describe, expect, it } from 'vitest'
import { dataAttributes } from './data-attributes.ts'

describe('dataAttributes', () => {
  it('writes words and numbers by their value', () => {
    expect(dataAttributes({ status: 'ready', count: 0, tool: '' })).toEqual({
      'data-status': 'ready',
      'data-count': '0',
      'data-tool': '',
    })
  })

  it('writes a flag by its presence, without the word "is"', () => {
    expect(dataAttributes({ isOpen: true, isEmpty: false, running: true })).toEqual({
      'data-open': '',
      'data-running': '',
    })
  })

  it('leaves out what is not there', () => {
    expect(dataAttributes({ status: null, end: undefined })).toEqual({})
  })

  it('writes names in kebab-case, and only whole words off them', () => {
    expect(Object.keys(dataAttributes({ lastSeenAt: 1, issue: 'x', isInViewport: true }))).toEqual([
      'data-last-seen-at',
      'data-issue',
      'data-in-viewport',
    ])
  })
})
