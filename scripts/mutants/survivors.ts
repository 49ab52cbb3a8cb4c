import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mutant that no test notices, and why none needs to. */
export interface Justified {
  path: string;
  name: string;
  reason: string;
}

const listPath = join(import.meta.dirname, 'survivors.md');

/** Reads survivors.md: a heading for each source file, and below it a line `- mutant # reason` for each survivor. */
export function parseSurvivors(text: string): Justified[] {
  let path = '';
  return text.split('\n').flatMap((line, i) => {
    if (line.startsWith('## ')) path = line.slice(3);
    if (!line.startsWith('- ')) return [];
    const at = line.lastIndexOf(' # ');
    const reason = line.slice(at + 3).trim();
    if (at < 0 || reason === '') throw new Error(`survivors.md, line ${i + 1}: give a reason after " # "`);
    return [{ path, name: line.slice(2, at), reason }];
  });
}

export const readSurvivors = (): Justified[] => parseSurvivors(readFileSync(listPath, 'utf8'));

/** The differences between the mutants that survived in some files and the list. */
export function disagreements(
  survived: readonly { path: string; name: string }[],
  listed: readonly Justified[],
  paths: readonly string[],
): { unjustified: string[]; outdated: string[] } {
  const keyOf = ({ path, name }: { path: string; name: string }) => `${path}: ${name}`;
  const known = new Set(listed.map(keyOf));
  const alive = new Set(survived.map(keyOf));
  return {
    unjustified: [...alive].filter((key) => !known.has(key)),
    outdated: listed.filter((each) => paths.includes(each.path) && !alive.has(keyOf(each))).map(keyOf),
  };
}
