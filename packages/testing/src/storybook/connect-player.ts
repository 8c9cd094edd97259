import { addons } from 'storybook/preview-api'
import type { Player } from '../player.ts'
import { commandEvent, reportEvent, type PlayerCommand, type PlayerReport } from './channel.ts'

/** Lets Storybook's toolbar drive a player, until the returned function is called. */
export function connectPlayer(player: Player, restart: () => void): () => void {
  const channel = addons.getChannel()
  const report = (): void => {
    channel.emit(reportEvent, player.position.getState() satisfies PlayerReport)
  }
  const onCommand = (command: PlayerCommand): void => {
    if (command.type === 'restart') restart()
    else if (command.type === 'speed') player.setSpeed(command.factor)
    else player[command.type]()
  }
  channel.on(commandEvent, onCommand)
  const unsubscribe = player.position.subscribe(report)
  report()
  return () => {
    unsubscribe()
    channel.off(commandEvent, onCommand)
  }
}
