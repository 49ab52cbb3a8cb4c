import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const csv = join(here, '.hearth/csv');
const last = join(csv, 'esoph-counts.csv');

/** Writes the tables of R's packages once, a file each. Needs R with mlbench, vcd and rpart. @returns their folder */
export function exportTables(): string {
  if (!existsSync(last)) execFileSync('Rscript', [join(here, 'export.R'), csv], { stdio: 'inherit' });
  return csv;
}
