import type { Address, Client } from 'viem'
import { type DeploymentParameter, resolveDeployment } from '../addresses.ts'
import { AccountRequiredError } from '../errors/chain.ts'
import { type PackedSubmission, packSubmission, type SubmissionFile } from '../utils/submission.ts'

export type PrepareSubmissionParameters = DeploymentParameter & {
  datanetId: bigint
  files: readonly SubmissionFile[]
  /** Credited for the files; the client's account by default. */
  contributor?: Address | undefined
  /** Written into the manifests; now by default. */
  createdAt?: Date | undefined
}

export type PrepareSubmissionReturnType = PackedSubmission

/**
 * Hashes files and packs them into a submission. Nothing is sent or published.
 *
 * @throws {NoFilesError} @throws {EmptyFileError} @throws {UnknownFormatError}
 */
export async function prepareSubmission(
  client: Client,
  {
    contributor = client.account?.address,
    createdAt = new Date(),
    datanetId,
    deployment,
    files,
  }: PrepareSubmissionParameters,
): Promise<PrepareSubmissionReturnType> {
  if (!contributor) throw new AccountRequiredError({ action: 'prepareSubmission' })
  const { chainId, contracts } = await resolveDeployment(client, deployment)
  return packSubmission({ chainId, contracts: contracts.Datanets.address, datanetId, contributor, files, createdAt })
}
