import { basename } from 'node:path';
import {
  listModels,
  locateModel,
  type Registry,
  RegistryError,
  type VersionSummary,
} from '@hearth/artifact/store';
import type { Command } from 'commander';
import { asCalled, examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import { type ModelOptions, modelCommand, openModel, printJson } from './options.ts';
import { textTable } from './text-table.ts';

export const command = (): Command =>
  modelCommand(
    'list',
    'Lists the published versions, oldest first, of all models or of --model; * marks the one in production. Exit code 3 if aliases.json or the journal is damaged.',
  )
    .addHelpText('after', examples('list', 'list --json'))
    .action(async ({ json, models, model }: ModelOptions) => {
      const names = model === undefined ? await listModels(models) : [model];
      if (names.length <= 1) {
        const registry = await openModel({ models, model });
        const versions = await listOf(registry);
        return json ? printJson(versions) : print(registry, versions);
      }
      const all: object[] = [];
      const atRoot = await defaultOf(models);
      for (const name of names) {
        const registry = await openModel({ models, model: name });
        const versions = await listOf(registry);
        all.push(...versions.map((version) => ({ model: name, ...version })));
        if (json) continue;
        console.log(
          `${name === names[0] ? '' : '\n'}${name}${name === atRoot ? ', which answers at /predict' : ''}`,
        );
        print(registry, versions);
      }
      if (json) printJson(all);
    });

/** The name of the model that servers answer with at `/predict`; undefined while none is in production. */
async function defaultOf(models: string): Promise<string | undefined> {
  try {
    return basename((await locateModel(models)).folder);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'SEVERAL_MODELS') return undefined;
    throw error;
  }
}

/** The versions of a model. Tells what cannot be read. */
async function listOf(registry: Registry): Promise<VersionSummary[]> {
  const { aliases, journal } = await registry.unreadable();
  for (const fault of [...aliases, ...journal]) {
    process.stderr.write(`hearth: ${asCalled(fault)}\n`);
    process.exitCode = exitCode.refused;
  }
  return registry.list();
}

function print(registry: Registry, versions: readonly VersionSummary[]): void {
  if (versions.length === 0) {
    console.log(asCalled(`no version in ${registry.folder}; make one with: hearth train && hearth publish`));
    return;
  }
  const rows = versions.map((each) => [
    each.production ? '*' : ' ',
    each.version,
    minute(each.published),
    minute(each.promoted),
    stateOf(each),
  ]);
  console.log(textTable([['', 'version', 'published (UTC)', 'promoted (UTC)', ''], ...rows], 'left'));
}

const minute = (time = ''): string => time.slice(0, 16).replace('T', ' ');

const stateOf = ({ production, rolledBack }: VersionSummary): string => {
  if (production) return 'in production';
  return rolledBack ? `rolled back ${minute(rolledBack)}` : '';
};
