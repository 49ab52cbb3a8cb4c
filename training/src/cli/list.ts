import { Command } from 'commander';
import { jsonOption, type ModelOptions, modelOption, modelsOption, openModel, printJson } from './options.ts';
import { textTable } from './text-table.ts';

export const listCommand = (): Command =>
  new Command('list')
    .description('show the published versions, oldest first')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  hearth list --json')
    .action(async ({ json, ...where }: ModelOptions & { json?: boolean }) => {
      const registry = await openModel(where);
      const versions = await registry.list();
      if (json) return printJson(versions);
      if (versions.length === 0) {
        return console.log(`no version in ${registry.folder}; make one with: hearth train && hearth publish`);
      }
      const rows = versions.map(({ version, published = '', promoted = '', production }) => [
        production ? '*' : ' ',
        version,
        minute(published),
        minute(promoted),
        production ? 'in production' : '',
      ]);
      console.log(textTable([['', 'version', 'published (UTC)', 'promoted (UTC)', ''], ...rows], 'left'));
    });

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');
