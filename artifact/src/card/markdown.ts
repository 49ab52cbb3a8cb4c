import { printable } from '../printable.ts';

/** Text of a manifest, escaped for Markdown and HTML, on one line. */
export const plain = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*_[\]<>|#~]|&(?=#?\w+;)/g, '\\$&')
    .replace(/^(?=[-+=])|(?<=^\d+)(?=[.)](\s|$))/, '\\'); // a list item, or the underline of a heading

/** Text of a manifest as inline code, fenced by more backticks than it has in sequence. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$/.test(line) ? ' ' : ''; // Markdown strips these spaces
  return fence + space + line + space + fence;
}

const oneLine = (text: string): string =>
  printable(text.replaceAll(/\s+/g, ' ').trim(), Number.POSITIVE_INFINITY);

/** A link if the address is http or https, else only the text. */
export function link(text: string, address?: string): string {
  const safe = address && /^https?:\/\/[^\s<>]+$/.test(address);
  return safe ? `[${plain(text)}](<${address}>)` : plain(text);
}

/** A pipe table (GitHub Flavored Markdown) of cells in Markdown. Columns of numbers are aligned to the right. */
export function pipeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inCell).join(' | ')} |`;
  const numeric = header.map((_, i) => rows.every((cells) => /^[\d\u2212\u2013]/.test(cells[i])));
  return [line(header), line(numeric.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/** In a table, bars must be escaped in code too. */
const inCell = (markdown: string): string => markdown.replaceAll(/(?<!\\)\|/g, '\\|');

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A heading, the items of TRIPOD+AI that it covers, and its paragraphs. Empty without a paragraph. */
export function section(title: string, items: string, ...parts: (string | false | undefined)[]): string {
  const written = parts.filter(Boolean);
  return written.length === 0 ? '' : [`## ${title}`, `*TRIPOD+AI ${items}*`, ...written].join('\n\n');
}
