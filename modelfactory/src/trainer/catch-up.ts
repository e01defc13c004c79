import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectOf } from './lines.ts'
import type { TrainerEvent } from './task.ts'

/**
 * Events the trainer wrote to its own log after `sequence`: what it did while nobody listened, such as between the death of
 * this process and its own.
 */
export function missedEvents(trainerFolder: string, sequence: number): TrainerEvent[] {
  const path = join(trainerFolder, 'events.jsonl')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(objectOf)
    .filter((event): event is TrainerEvent => typeof event?.type === 'string' && Number(event.sequence) > sequence)
}
