import { printable } from '../printable.ts';

/** Text of a manifest as Markdown shows it: on one line, with nothing that Markdown or HTML would obey. */
export const plain = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_[\]<>|#~]|&(?=#?\w+;)/g, '\\$&')
    .replace(/^(?=[-+=])|(?<=^\d+)(?=[.)](\s|$))/, '\\'); // a list, or a line that makes a heading of the one above

/** A name of a manifest as code: within more backticks than it has together. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$/.test(line) ? ' ' : ''; // which Markdown takes away again
  return fence + space + line + space + fence;
}

const oneLine = (text: string): string =>
  printable(text.replaceAll(/\s+/g, ' ').trim(), Number.POSITIVE_INFINITY);

/** A link where there is an address that a browser can follow, else the text alone. */
export function link(text: string, address?: string): string {
  const safe = address && /^https?:\/\/[^\s<>]+$/.test(address);
  return safe ? `[${plain(text)}](<${address}>)` : plain(text);
}

/** A pipe table (GitHub Flavored Markdown); cells are Markdown already. Columns of numbers are aligned to the right. */
export function pipeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;
  const numeric = header.map((_, i) => rows.every((cells) => /^[\d\u2212\u2013]/.test(cells[i])));
  return [line(header), line(numeric.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/** Code too ends at a bar that is not escaped, where it stands in a table. */
const inCell = (markdown: string): string => markdown.replaceAll(/(?<!\\)\|/g, '\\|');

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A heading, the items of TRIPOD+AI that it answers, and its paragraphs; without a paragraph, nothing. */
export function section(title: string, items: string, ...parts: (string | false | undefined)[]): string {
  const written = parts.filter(Boolean);
  return written.length === 0 ? '' : [`## ${title}`, `*TRIPOD+AI ${items}*`, ...written].join('\n\n');
}
