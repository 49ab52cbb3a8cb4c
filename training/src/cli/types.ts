import type { Command } from 'commander';
import { typesOf } from '../export/types.ts';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openVersion, printJson, productionArgument } from './options.ts';

export const command = (): Command =>
  modelCommand(
    'types',
    'Prints the columns and the answer of a version as types of TypeScript, for hearth/predictor and for clients of the API.',
  )
    .addArgument(productionArgument())
    .addHelpText('after', examples('types > heart.d.ts'))
    .action(async (wanted: string | undefined, { json, ...where }: ModelOptions) => {
      const { registry, version } = await openVersion(where, wanted);
      const { manifest } = await registry.load(version);
      const types = typesOf(manifest, version);
      if (json) printJson({ version, types });
      else process.stdout.write(types);
    });
