import { renderCard } from '@hearth/artifact/card';
import { Command } from 'commander';
import { findVersion, type ModelOptions, modelOption, modelsOption, openModel } from './options.ts';

export const cardCommand = (): Command =>
  new Command('card')
    .description('print the card of a version: who it is for, how good it is, what it cannot do')
    .argument('[version]', 'its name, a unique beginning of it, or latest; without it the one in production')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addHelpText('after', '\nExample:\n  hearth card latest > card.md')
    .action(async (wanted: string | undefined, where: ModelOptions) => {
      const registry = await openModel(where);
      const version = await findVersion(registry, wanted);
      const { manifest } = await registry.load(version);
      const known = (await registry.list()).find((each) => each.version === version);
      process.stdout.write(renderCard(manifest, { version, published: known?.published }));
    });
