import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The scripts that people run beside their model. Those of Python have a part in common, so that each is one file. */
const files = {
  python: ['scikit_learn.py', 'core.py'],
  spark: ['spark.py', 'core.py'],
  r: ['export.R'],
} as const;

export type ScriptName = keyof typeof files;
export const scriptNames = Object.keys(files) as ScriptName[];

/** Where the common part of a script stands in it. */
const place = '# The functions of every tool come here.\n';

/** A whole script, as it is run. */
export function scriptOf(name: ScriptName): string {
  const [own, ...common] = files[name].map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
  return own.replace(place, () => common.join(''));
}
