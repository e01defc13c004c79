import type { LotItem } from '@datanets/sdk'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Read } from '../../components/read.tsx'
import { useStore } from '../../lib/context.ts'
import { formatBytes } from '../../lib/format.ts'

type Found = Extract<LotItem, { status: 'found' }>

const IMAGES: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp', bmp: 'image/bmp' }
const SOUNDS: Record<string, string> = { wav: 'audio/wav', mp3: 'audio/mpeg', flac: 'audio/flac' }
const TEXTS = ['txt', 'md']

const MAX_PREVIEW_BYTES = 10_000_000
const MAX_CHARACTERS = 20_000

/** An address for verified bytes under a type of our choosing, for as long as it is shown. */
function useBlobUrl(bytes: Uint8Array, type: string): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as BlobPart], { type }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes, type])
  return url
}

function Picture({ bytes, type, title }: { bytes: Uint8Array; type: string; title: string }) {
  const url = useBlobUrl(bytes, type)
  return <img src={url} alt={`Contribution ${title}`} className="max-h-80 max-w-full rounded-lg border border-line" />
}

function Sound({ bytes, type, title }: { bytes: Uint8Array; type: string; title: string }) {
  const url = useBlobUrl(bytes, type)
  // biome-ignore lint/a11y/useMediaCaption: contributed sounds come without captions
  return <audio controls src={url} aria-label={`Contribution ${title}`} className="w-full" />
}

/** A contributed file, shown without trusting it: text as text, pictures and sounds as blobs of a fixed type. */
export function Preview({ item }: { item: Found }) {
  const store = useStore()
  const { format, title, size } = item.manifest
  const image = IMAGES[format]
  const sound = SOUNDS[format]
  const isShown = image !== undefined || sound !== undefined || TEXTS.includes(format)
  const query = useQuery({
    queryKey: ['payload', item.payloadCid.toString()],
    enabled: isShown,
    queryFn: ({ signal }) => store.get(item.payloadCid, { maxBytes: MAX_PREVIEW_BYTES, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  })
  if (!isShown)
    return (
      <p className="text-sm text-soft">
        No preview for {format} files ({formatBytes(size)}): opening one is not safe here.
      </p>
    )
  return (
    <Read query={query} what="file">
      {(bytes) => {
        if (image !== undefined) return <Picture bytes={bytes} type={image} title={title} />
        if (sound !== undefined) return <Sound bytes={bytes} type={sound} title={title} />
        return (
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
            tabIndex={0}
            className="max-h-60 overflow-auto whitespace-pre-wrap break-words rounded-lg bg-sunken p-3 text-xs"
          >
            {new TextDecoder().decode(bytes).slice(0, MAX_CHARACTERS)}
          </pre>
        )
      }}
    </Read>
  )
}
