/** A file that cannot be read. Its message says why, as the end of a sentence that begins with the file's name. */
export class Unreadable extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'Unreadable'
  }
}
