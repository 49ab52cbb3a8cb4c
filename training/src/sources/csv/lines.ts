/** The lines of a text that comes in pieces, ended by LF, CRLF or CR. One array for each piece. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let rest = '';
  for await (const text of texts) {
    const all = rest + text;
    // a CR at the end may be half of a CRLF
    const end = all.endsWith('\r') ? all.length - 1 : all.length;
    const lines = split(all.slice(0, end));
    rest = (lines.pop() as string) + all.slice(end);
    if (lines.length > 0) yield lines;
  }
  const lines = split(rest);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > 0) yield lines;
}

const split = (text: string): string[] => text.split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
