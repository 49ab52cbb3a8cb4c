import { renderCard } from '@hearth/artifact/card';
import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openVersion, printJson, productionArgument } from './options.ts';

export const command = (): Command =>
  modelCommand('card', 'Prints the model card of a version as Markdown: its use, performance and limits.')
    .addArgument(productionArgument())
    .addHelpText('after', examples('card latest > card.md'))
    .action(async (wanted: string | undefined, { json, ...where }: ModelOptions) => {
      const { registry, version } = await openVersion(where, wanted);
      const { manifest } = await registry.load(version);
      const known = (await registry.list()).find((each) => each.version === version);
      const { evaluations } = await registry.evaluations(version);
      const card = renderCard(manifest, { version, published: known?.published, evaluations });
      if (json) printJson({ version, published: known?.published, card });
      else process.stdout.write(card);
    });
