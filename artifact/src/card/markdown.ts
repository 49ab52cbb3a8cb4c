/** Text of a manifest as Markdown shows it: on one line, with nothing that Markdown or HTML would obey. */
export const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');

/** A link where there is an address that a browser can follow, else the text alone. */
export function link(text: string, address?: string): string {
  const safe = address && /^https?:\/\/[^\s<>]+$/.test(address);
  return safe ? `[${plain(text)}](<${address}>)` : plain(text);
}

/** A pipe table (GitHub Flavored Markdown); cells are Markdown already. Columns of numbers are aligned to the right. */
export function pipeTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const numeric = header.map((_, i) => rows.every((cells) => /^[\d\u2212\u2013]/.test(cells[i])));
  return [line(header), line(numeric.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A heading, the items of TRIPOD+AI that it answers, and its paragraphs; without a paragraph, nothing. */
export function section(title: string, items: string, ...parts: (string | false | undefined)[]): string {
  const written = parts.filter(Boolean);
  return written.length === 0 ? '' : [`## ${title}`, `*TRIPOD+AI ${items}*`, ...written].join('\n\n');
}
