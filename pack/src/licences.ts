import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

/** Writes a file of licences: each package whose code is in the bundle, with its licence, as those licences ask for. */
export const licences = (fileName: string): Plugin => ({
  name: 'licences',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []));
    const folders = new Set(modules.map(packageOf).filter((folder) => folder !== undefined));
    const packages = [...folders].map(licenceOf).sort((a, b) => (a.title < b.title ? -1 : 1));
    const source = [...Map.groupBy(packages, ({ text }) => text)]
      .map(([text, alike]) => `${alike.map(({ title }) => title).join('\n')}\n\n${text}\n`)
      .join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName, source });
  },
});

/** The folder of the installed package that a module is in. */
function packageOf(module: string): string | undefined {
  const [path] = module.replace(/^\0/, '').split('?');
  if (!path.includes('node_modules')) return undefined;
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && 'version' in JSON.parse(readFileSync(file, 'utf8'))) return folder;
  }
  return undefined;
}

function licenceOf(folder: string): { title: string; text: string } {
  const { name, version, license }: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(each));
  const text =
    file === undefined
      ? 'The package has no text of its licence.'
      : readFileSync(join(folder, file), 'utf8').trim();
  return { title: `${name} ${version} (${license ?? 'no licence named'})`, text };
}
