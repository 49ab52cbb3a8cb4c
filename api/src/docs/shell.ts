/** Text as one word of a POSIX shell, which does nothing with it. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
