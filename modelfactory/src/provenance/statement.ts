import type { Canonical } from './canonical.ts'

/** The URI of how a run is made; the fields below it are documented in docs/modelfactory.md. */
export const BUILD_TYPE = 'urn:datanets:modelfactory:lora-sft:1'

export interface NamedDigest {
  name: string
  /** 64 lower-case hex digits. */
  sha256: string
  uri?: string
}

export interface ProvenanceInput {
  /** The adapter's files. */
  subjects: readonly NamedDigest[]
  /** Settings as hashed into the config digest. */
  externalParameters: { readonly [name: string]: Canonical }
  /** Library versions, numeric profile. */
  internalParameters: { readonly [name: string]: Canonical }
  /** Base, dataset, parent adapter, trainer code. */
  dependencies: readonly NamedDigest[]
  /** Metrics, scores, self-test. */
  byproducts: readonly NamedDigest[]
  /** CAIP-10 account of whoever opened the run. */
  builder: string
  /** The run on chain: `eip155:<chain>:<ModelFactory>/run/<id>`. */
  invocation: string
  startedOn: string
  finishedOn: string
}

/** An in-toto Statement v1 with an SLSA Provenance v1 predicate. Lists are sorted by name, so equal inputs give equal bytes. */
export function provenanceStatement(input: ProvenanceInput): { readonly [name: string]: Canonical } {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: descriptors(input.subjects),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: input.externalParameters,
        internalParameters: input.internalParameters,
        resolvedDependencies: descriptors(input.dependencies),
      },
      runDetails: {
        builder: { id: `did:pkh:${input.builder}` },
        metadata: { invocationId: input.invocation, startedOn: input.startedOn, finishedOn: input.finishedOn },
        byproducts: descriptors(input.byproducts),
      },
    },
  }
}

function descriptors(items: readonly NamedDigest[]): Canonical {
  return [...items]
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
    .map(({ name, sha256, uri }) => ({ name, digest: { sha256 }, ...(uri === undefined ? {} : { uri }) }))
}
