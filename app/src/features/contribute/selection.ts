import { DAILY_BYTES } from '@datanets/sdk/utils'
import { useCallback, useEffect, useState } from 'react'
import { type LocalFile, type NamedFile, readFile, type UnreadableFile } from './files.ts'
import { keepFiles, keptFiles } from './kept.ts'

/** Files chosen and not sent, kept over a reload. */
function useKeptFiles() {
  const [files, setFiles] = useState<LocalFile[]>([])
  const [isLoaded, setLoaded] = useState(false)
  useEffect(() => {
    keptFiles()
      // A browser that keeps nothing, as in a private window, starts empty.
      .catch((): LocalFile[] => [])
      .then((kept) => {
        setFiles((chosen) => (chosen.length > 0 ? chosen : kept))
        setLoaded(true)
      })
  }, [])
  useEffect(() => {
    if (!isLoaded) return
    keepFiles(files).catch(() => {
      // Not kept: they are still here until the page is left.
    })
  }, [files, isLoaded])
  return [files, setFiles] as const
}

/** The files a person chose, what could not be read of them, and what was sent since the app was opened. */
export function useSelection() {
  const [files, setFiles] = useKeptFiles()
  const [unreadable, setUnreadable] = useState<UnreadableFile[]>([])
  const [isReading, setReading] = useState(false)
  const add = useCallback(
    async (added: readonly NamedFile[]) => {
      setReading(true)
      const read = await Promise.all(added.map((named) => readFile(named, DAILY_BYTES)))
      const readable = read.filter((file) => 'hash' in file)
      setFiles((known) => [...known, ...readable.filter(({ name }) => known.every((file) => file.name !== name))])
      setUnreadable(read.filter((file) => 'reason' in file))
      setReading(false)
    },
    [setFiles],
  )
  const remove = useCallback(
    (file: LocalFile) => setFiles((known) => known.filter((other) => other !== file)),
    [setFiles],
  )
  const clear = useCallback(() => {
    setFiles([])
    setUnreadable([])
  }, [setFiles])
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set())
  const onSent = useCallback(
    (gone: readonly LocalFile[]) => {
      setSent((known) => new Set([...known, ...gone.map(({ hash }) => hash)]))
      setFiles((known) => known.filter((file) => !gone.includes(file)))
    },
    [setFiles],
  )
  return { files, unreadable, isReading, add, remove, clear, sent, onSent }
}
