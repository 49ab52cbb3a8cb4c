import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { manifestFile, openRegistry, readArtifact } from '@hearth/artifact/store';
import { Command } from 'commander';
import { type InputError, inputError } from '../errors.ts';
import { inShell } from '../infer/index.ts';
import { asCalled, examples } from './called-as.ts';
import { jsonOption, modelOptionsFor, modelsOption, printJson } from './options.ts';

export const command = (): Command =>
  new Command('publish')
    .description(
      'Adds the artifact that train wrote to the versions of its model, completely or not at all. It does not serve until it is promoted.',
    )
    .argument('[folder]', 'the artifact', '.hearth/artifact')
    .addOption(modelsOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('publish && hearth promote latest', 'publish best --json'))
    .action(
      async (folder: string, { json, models }: { json?: boolean; models: string }, command: Command) => {
        if (!existsSync(join(folder, manifestFile))) throw await noArtifact(folder);
        const artifact = await readArtifact(folder);
        const registry = openRegistry(join(models, artifact.manifest.name));
        const { version, added } = await registry.publish(artifact);
        const { copied, faults } = await registry.copyEvaluations(version, resolve(folder));
        for (const fault of faults) process.stderr.write(`hearth: ${fault}\n`);
        if (json) return printJson({ model: artifact.manifest.name, version, added, evaluations: copied });
        const along =
          copied.length > 0 ? `its evaluations ${copied.map((name) => `"${name}"`).join(', ')}` : '';
        if (!added)
          return console.log(
            `${version} in ${registry.folder} is the same model; ${along ? `added: ${along}` : 'nothing was added'}`,
          );
        console.log(
          `published ${version} in ${registry.folder}; written in ${registry.folder}/journal.jsonl`,
        );
        if (along) console.log(`with ${along}`);
        const options = await modelOptionsFor(artifact.manifest.name, models, command);
        console.log(asCalled(`next: hearth promote ${version}${options}`));
      },
    );

/** Names the newest artifact that `train FILE` has written: `.hearth/NAME/artifact` where `.hearth/artifact` is meant. */
async function noArtifact(folder: string): Promise<InputError> {
  const near = dirname(folder);
  const names = existsSync(near) ? await readdir(near) : [];
  const found = names
    .map((name) => join(near, name, basename(folder)))
    .filter((each) => existsSync(join(each, manifestFile)))
    .map((each) => ({ each, time: statSync(join(each, manifestFile)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  return found.length > 0
    ? inputError('OTHER_ARTIFACT', folder, inShell(found[0].each))
    : inputError('NO_ARTIFACT', folder);
}
