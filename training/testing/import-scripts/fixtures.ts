import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedModel } from '../../src/import/scripts/index.ts';
import type { Fixture } from '../import/compare.ts';

/** The files of the scripts in a folder, with the answers that are in them. */
export function exportedIn(folder: string): Fixture[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => {
      const bytes = readFileSync(join(folder, file));
      const { source, answers } = exportedModel.read(bytes, {});
      if (!answers) throw new Error(`${file} has no answers`);
      const name = file.slice(0, -'.jsonl'.length);
      const about = `${source.tool} ${source.version}, ${name.split('/').at(-1)}`;
      return { name, about, file, bytes, ...answers, rows: [...answers.rows] };
    });
}
