import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRecord } from '../record.ts';
import { drawScaling } from './plot.ts';
import { type Machine, report } from './report.ts';
import type { Results } from './results-types.ts';

const file = join(import.meta.dirname, 'results.json');

export const noResults = (): Results => ({ growing: [], walking: [], scaling: [], answering: [] });

/** The results of earlier runs. */
export const readResults = async (): Promise<Results> =>
  JSON.parse(
    await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return JSON.stringify(noResults());
    }),
  );

/** Replaces results of the same kind by new ones, and keeps the others. */
export function mergeResults(old: Results, now: Results): Results {
  return {
    growing: merge(old.growing, now.growing, ({ rows, engine }) => [rows, engine]),
    walking: merge(old.walking, now.walking, ({ rows, engine, threads }) => [rows, engine, threads]),
    scaling: merge(old.scaling, now.scaling, ({ rows, trees, columns }) => [rows, trees, columns]),
    answering: merge(old.answering, now.answering, ({ given }) => [given]),
  };
}

function merge<T>(old: readonly T[], now: readonly T[], keyOf: (each: T) => (string | number)[]): T[] {
  const all = new Map([...old, ...now].map((each) => [keyOf(each).join(), each]));
  return [...all.values()];
}

/**
 * Opens the files of results, table and picture. @returns a function that writes them
 * @param goesOn keeps the existing results
 */
export async function openResults(
  machine: Machine,
  goesOn: boolean,
): Promise<(results: Results) => Promise<void>> {
  const beside = (name: string) => openRecord(join(import.meta.dirname, name), { goesOn });
  const [data, table, picture] = [
    await openRecord(file, { goesOn }),
    await beside('results.md'),
    await beside('scaling.svg'),
  ];
  return async (results) => {
    results.growing.sort((a, b) => a.rows - b.rows);
    results.walking.sort((a, b) => a.rows - b.rows);
    await data.write(`${JSON.stringify(results, null, 1)}\n`);
    await table.write(report(machine, results));
    if (results.scaling.length > 0) {
      await picture.write(drawScaling(results.scaling));
    }
  };
}
