import { join } from 'node:path';
import { openRegistry, readArtifact } from '@hearth/artifact/store';
import { Command } from 'commander';
import { jsonOption, modelsOption, printJson } from './options.ts';

export const publishCommand = (): Command =>
  new Command('publish')
    .description('add a trained artifact to the versions of its model, whole or not at all')
    .argument('[folder]', 'the artifact', '.hearth/artifact')
    .addOption(modelsOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  hearth publish && hearth promote latest')
    .action(async (folder: string, { json, models }: { json?: boolean; models: string }) => {
      const artifact = await readArtifact(folder);
      const registry = openRegistry(join(models, artifact.manifest.name));
      const { version, added } = await registry.publish(artifact);
      if (json) return printJson({ version, added });
      console.log(
        added
          ? `published ${version} in ${registry.folder}; written in ${registry.folder}/journal.jsonl`
          : `${version} in ${registry.folder} is the same model: nothing to add`,
      );
    });
