/** A word of a command line, in quotes if it needs them. */
export const inShell = (text: string): string =>
  /^[\w.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
