import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { compareManifests } from './facts.ts';
import { type ModelOptions, modelCommand, openModel, printJson, versionArgument } from './options.ts';
import { textTable } from './text-table.ts';

export const command = (): Command =>
  modelCommand('diff', 'Shows what differs between two versions: columns, options, scores, data, sizes.')
    .addArgument(versionArgument('<version>'))
    .addArgument(versionArgument('<other-version>'))
    .addHelpText('after', examples('diff production latest', 'diff 1 2 --json'))
    .action(async (a: string, b: string, { json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const [versionA, versionB] = await Promise.all([registry.find(a), registry.find(b)]);
      const [modelA, modelB] = await Promise.all([registry.load(versionA), registry.load(versionB)]);
      const changes = compareManifests(modelA.manifest, modelB.manifest);
      if (json) return printJson({ a: versionA, b: versionB, changes });
      if (changes.length === 0) return console.log(`${versionA} and ${versionB} do not differ`);
      const rows = changes.map((change) => [change.what, change.a ?? '–', change.b ?? '–']);
      console.log(textTable([['', versionA, versionB], ...rows], 'left'));
    });
