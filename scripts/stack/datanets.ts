import type { Modality } from '@datanets/sdk'
import { parseEther } from 'viem'

/** A Datanet of the local stack, before it is created. */
export type SampleDatanet = {
  modality: Modality
  title: string
  purpose: string
  /** OPEN per accepted contribution, in wei. */
  rewardPerFile: bigint
  /** OPEN put into the budget, in wei. */
  budget: bigint
}

export const sampleDatanets: SampleDatanet[] = [
  {
    modality: 'Text',
    title: 'Field notes',
    purpose: 'Short, factual articles and notes in plain English about nature, craft, science and daily life.',
    rewardPerFile: parseEther('5'),
    budget: parseEther('20000'),
  },
  {
    modality: 'Image',
    title: 'Patterns',
    purpose: 'Pictures with clear structure: scenes, textures, charts and diagrams.',
    rewardPerFile: parseEther('8'),
    budget: parseEther('20000'),
  },
  {
    modality: 'Audio',
    title: 'Short sounds',
    purpose: 'Short recordings of tones, rhythms and melodies.',
    rewardPerFile: parseEther('10'),
    budget: parseEther('20000'),
  },
]

/**
 * Terms of every Datanet of the local stack: small windows, so that a newcomer sees a lot from entry to claim within seconds.
 * A network that lasts wants hours (see the defaults of `createDatanet`).
 */
export const localTerms = {
  lotFee: parseEther('30'),
  lotWindow: 3,
  voteWindow: 60,
  challengeWindow: 3,
  seatCount: 3,
  quorum: 3,
  fileCap: 100_000,
} as const
