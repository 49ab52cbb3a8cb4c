import { openRegistry, readArtifact } from '@hearth/artifact/store';
import { Command } from 'commander';
import { modelsOption } from './options.ts';

export const publishCommand = (): Command =>
  new Command('publish')
    .description('add a trained artifact to the versions, whole or not at all')
    .argument('[folder]', 'the artifact', '.hearth/artifact')
    .addOption(modelsOption())
    .addHelpText('after', '\nExample:\n  hearth publish && hearth promote latest')
    .action(async (folder: string, { models }: { models: string }) => {
      const { version, added } = await openRegistry(models).publish(await readArtifact(folder));
      console.log(
        added
          ? `published ${version} in ${models}`
          : `${version} in ${models} is the same model: nothing to add`,
      );
    });
