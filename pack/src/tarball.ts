import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Packs the folder of a built package, as npm publishes it. @returns the tarball, which is in the folder `into` */
export function packFolder(built: string, into: string): string {
  const options = ['pack', '--silent', '--pack-destination', into, built];
  const file = execFileSync(npm, options, { encoding: 'utf8', shell: process.platform === 'win32' });
  return join(into, file.trim());
}
