import { createElement, useState, type ReactNode } from 'react'
import { Button } from 'storybook/internal/components'
import { useChannel } from 'storybook/manager-api'
import { commandEvent, reportEvent, type PlayerCommand, type PlayerReport } from './channel.ts'

const speeds = [0.25, 1, 4] as const

/** The toolbar's controls: restart, pause or play, one step, speed, and how far the script has come. */
export function PlayerTool(): ReactNode {
  const [{ index, of }, setReport] = useState<PlayerReport>({ index: 0, of: 0 })
  const [isPlaying, setPlaying] = useState(true)
  const [speed, setSpeed] = useState<number>(1)
  const emit = useChannel({ [reportEvent]: setReport })
  const tell = (command: PlayerCommand): void => emit(commandEvent, command)

  function restart(): void {
    tell({ type: 'restart' })
    setPlaying(true)
    setSpeed(1)
  }
  function toggle(): void {
    tell({ type: isPlaying ? 'pause' : 'play' })
    setPlaying(!isPlaying)
  }
  function step(): void {
    tell({ type: 'step' })
    setPlaying(false)
  }
  function nextSpeed(): void {
    const factor = speeds[(speeds.findIndex((other) => other === speed) + 1) % speeds.length] ?? 1
    tell({ type: 'speed', factor })
    setSpeed(factor)
  }

  return createElement(
    'span',
    { style: { display: 'flex', alignItems: 'center', fontVariantNumeric: 'tabular-nums' } },
    button('Restart the script', '↺', restart),
    button(isPlaying ? 'Pause the script' : 'Play the script', isPlaying ? '❚❚' : '▶', toggle),
    button('Play one step of the script', '▶❚', step),
    button('Change the speed of the script', `${speed}×`, nextSpeed),
    createElement('span', { title: 'Steps played' }, `${index} / ${of}`),
  )
}

function button(label: string, face: string, onClick: () => void): ReactNode {
  return createElement(
    Button,
    { key: label, ariaLabel: label, size: 'small', variant: 'ghost', onClick },
    face,
  )
}
