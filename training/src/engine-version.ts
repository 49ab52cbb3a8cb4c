import { readFileSync } from 'node:fs';

/** Version of this package, which is the version of its learners. */
export const engineVersion: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version;
