import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inputError } from '../errors.ts';
import { composeOf, type Images } from './compose.ts';

export interface NewRepository extends Images {
  /** Of its folder. */
  name: string;
  /** The name of the table in `data/`, if there is one. */
  table?: string;
}

const inTemplate = (file: string): URL => new URL(`./template/${file}`, import.meta.url);

/** Files of Hearth's repository: with the templates in the package, in their own places in a checkout. */
const shared = { 'docker-compose.yml': '', 'haproxy.cfg': 'deploy/gateway/', 'start.sh': 'deploy/gateway/' };

async function readShared(file: keyof typeof shared): Promise<string> {
  const places = [inTemplate(file), new URL(`../../../${shared[file]}${file}`, import.meta.url)];
  const found = places.find((place) => existsSync(place));
  if (!found) throw inputError('NO_TEMPLATE', fileURLToPath(places[0]));
  return readFile(found, 'utf8');
}

/** The files of a repository for a model of one's own, by their paths in it. @throws InputError NO_TEMPLATE */
export async function repositoryFiles(repository: NewRepository): Promise<Record<string, string>> {
  const { name, version, prefix, table } = repository;
  const filled = async (file: string): Promise<string> => {
    const text = await readFile(inTemplate(file), 'utf8');
    const values = { NAME: name, VERSION: version, IMAGES: prefix, DATA: dataOf(table) };
    return text.replaceAll(/%([A-Z]+)%/g, (all, key: string) => values[key as keyof typeof values] ?? all);
  };
  return {
    'compose.yml': composeOf(await readShared('docker-compose.yml'), repository),
    'gateway/haproxy.cfg': await readShared('haproxy.cfg'),
    'gateway/start.sh': await readShared('start.sh'),
    '.github/workflows/model.yml': await filled('workflow.yml'),
    'README.md': await filled('README.md'),
    Dockerfile: await filled('Dockerfile'),
    '.dockerignore': '*\n!models\n',
    '.gitignore': await filled('gitignore'),
  };
}

const dataOf = (table: string | undefined): string =>
  table === undefined
    ? 'put a table here, then: `docker compose run --rm hearth init data/FILE --target COLUMN --out data`'
    : `the table \`${table}\`, and \`datapackage.json\`, which says what its columns are; edit it to add units, labels and limits`;
