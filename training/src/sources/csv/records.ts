import type { Quoting, TextRecord } from '@hearth/artifact/text-table';

/** A quoted cell that reaches over more is taken for a quote that is not closed. */
const longest = 16 * 1024 * 1024;

/**
 * Makes records of lines: a quoted cell may reach over several. A quote that nothing closes stays in its own line. Lines that begin with
 * `comment` are left out. The same records as `splitTable` gives, blank ones too, with the numbers of their first lines.
 */
export async function* recordsOf(
  lines: AsyncIterable<readonly string[]>,
  quoting: Quoting,
  comment: string | undefined,
): AsyncGenerator<TextRecord[], void> {
  const opens = oddQuotes(quoting);
  let next = 1;
  let open: string[] = [];
  let length = 0;

  function add(text: string, records: TextRecord[]): void {
    if (open.length === 0) {
      if (comment !== undefined && text.startsWith(comment)) next++;
      else if (opens(text)) push(text);
      else records.push({ line: next++, text });
      return;
    }
    push(text);
    if (opens(text)) {
      records.push({ line: next, text: open.join('\n') });
      next += open.length;
      clear();
    } else if (length > longest) giveUp(records);
  }
  function push(text: string): void {
    open.push(text);
    length += text.length;
  }
  function clear(): void {
    open = [];
    length = 0;
  }
  /** The first line is a record with an open quote, and the ones after it are read again. */
  function giveUp(records: TextRecord[]): void {
    const [first, ...others] = open;
    clear();
    records.push({ line: next++, text: first });
    for (const text of others) add(text, records);
  }

  for await (const each of lines) {
    const records: TextRecord[] = [];
    for (const text of each) add(text, records);
    if (records.length > 0) yield records;
  }
  while (open.length > 0) {
    const records: TextRecord[] = [];
    giveUp(records);
    yield records;
  }
}

/** Whether a line has an odd number of quotes, without those that are escaped. */
function oddQuotes({ quote, escape: sign }: Quoting): (text: string) => boolean {
  return (text) => {
    let isOdd = false;
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (sign === quote || !isEscaped(text, at, sign)) isOdd = !isOdd;
    }
    return isOdd;
  };
}

function isEscaped(text: string, at: number, sign: string): boolean {
  let count = 0;
  while (text[at - 1 - count] === sign) count++;
  return count % 2 === 1;
}
