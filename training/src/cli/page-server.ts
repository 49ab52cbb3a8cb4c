import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inputError } from '../errors.ts';

/** Where the server of page and API may be: beside this program in the package, in `scripts/` of a checkout. */
const places = ['./start.mjs', '../../../scripts/start.mjs'];

/** The file that runs page and API. @throws InputError NO_SERVER */
export function pageServer(command: string): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) throw inputError('NO_SERVER', command);
  return found;
}
