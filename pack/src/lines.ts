import type { Plugin } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';

/** A line for each statement of minified code: of an uncaught error Node prints the line that throws it, which would be the whole file. */
export const lines: Plugin = {
  name: 'lines',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = inLines(chunk.code);
  },
};

/** Newlines between statements, and between the variables of a declaration, never change what code does. */
function inLines(code: string): string {
  const starts = [0, ...startsIn(parseAst(code)), code.length].sort((a, b) => a - b);
  return starts
    .slice(1)
    .map((end, i) => code.slice(starts[i], end))
    .filter((line) => line.trim() !== '')
    .join('\n');
}

/** Where statements, members of classes and all variables of a declaration but its first begin, at any depth. */
function startsIn(node: unknown): number[] {
  if (typeof node !== 'object' || node === null) return [];
  const { body, declarations } = node as Record<'body' | 'declarations', { start: number }[] | undefined>;
  const own = [...(Array.isArray(body) ? body : []), ...(declarations?.slice(1) ?? [])];
  return [...own.map(({ start }) => start), ...Object.values(node).flatMap(startsIn)];
}
