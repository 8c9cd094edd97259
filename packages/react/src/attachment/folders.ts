const folders = new WeakSet<File>()

/** Remembers that what a browser gave as a file is a folder: it cannot be read, and nothing else about it says why. */
export function markFolder(file: File): void {
  folders.add(file)
}

/** Whether a file was found to be a folder. */
export function isFolder(file: File): boolean {
  return folders.has(file)
}
