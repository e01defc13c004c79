import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A module beside this one, whether run from source or built. */
export function siblingModule(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from)
}

/** Folders a check process may read: our code and the installed packages. Not keystores, not journals, not the rest. */
export function readableFolders(): string[] {
  const own = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  const packages = ['sharp', 'audio-decode', 'pdfjs-dist/legacy/build/pdf.mjs', 'mammoth', 'ajv', 'eld/small'].map(
    (name) => {
      const path = fileURLToPath(import.meta.resolve(name))
      const modules = `${sep}node_modules${sep}`
      return path.slice(0, path.indexOf(modules) + modules.length - 1)
    },
  )
  return [...new Set([own, join(dirname(own), 'package.json'), ...packages])]
}
