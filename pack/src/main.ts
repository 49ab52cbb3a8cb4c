import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackage } from './build.ts';
import { packFolder } from './tarball.ts';

/** Writes the package as `.hearth/NAME-VERSION.tgz`: npm run pack [-- --name @SCOPE/hearth]. */
const { values } = parseArgs({ options: { name: { type: 'string' } } });
const folder = join(import.meta.dirname, '../../.hearth');
const built = join(folder, 'package');
await buildPackage(built, values.name);
console.log(packFolder(built, folder));
