import type { TreeNode } from '../../src/measure/probe.ts'
import { readDeltas } from '../shared/read-deltas.ts'
import { growingText } from './growing-text.ts'

const { bench } = window
const root = document.getElementById('root') as HTMLElement
const isBlocks = bench.variant === 'blocks'

function row(role: string): HTMLElement {
  const element = document.createElement('div')
  element.className = 'row'
  element.dataset['role'] = role
  return element
}

function made(node: TreeNode): Node {
  if (typeof node === 'string') return document.createTextNode(node)
  const element = document.createElement(node.tag)
  for (const [name, value] of node.attributes) element.setAttribute(name, value)
  element.append(...node.children.map(made))
  return element
}

bench.open = () => {
  if (bench.variant === 'tree') return root.append(...bench.tree.map(made))
  const rows = bench.history.map(({ role, text }) => {
    const element = row(role)
    growingText(element, isBlocks).append(text)
    return element
  })
  root.append(...rows)
}

bench.send = (query) => {
  const question = row('user')
  question.textContent = query
  const answer = row('assistant')
  root.append(question, answer)
  const text = growingText(answer, isBlocks)
  let waiting = ''
  void readDeltas(query, (delta) => {
    if (waiting === '') {
      requestAnimationFrame(() => {
        text.append(waiting)
        waiting = ''
      })
    }
    waiting += delta
  })
}
