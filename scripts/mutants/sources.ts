import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findMutants, type Mutant } from './mutate.ts';
import type { Place } from './places.ts';

export const root = join(import.meta.dirname, '../..');

/** A source file with its mutants; numbers run through all files of a place. */
export interface MutatedFile {
  /** Relative to the root of the repository. */
  path: string;
  source: string;
  mutants: Mutant[];
  first: number;
}

/** The source files of a place, in order of their names. */
export function mutateSources({ sources, parts = [''] }: Place & { parts?: string[] }): MutatedFile[] {
  let first = 0;
  const paths = sources.flatMap(filesIn).filter((path) => parts.some((part) => path.includes(part)));
  return paths.map((path) => {
    const source = readFileSync(join(root, path), 'utf8');
    const mutants = findMutants(source);
    const file = { path, source, mutants, first };
    first += mutants.length;
    return file;
  });
}

function filesIn(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(path, name));
}
