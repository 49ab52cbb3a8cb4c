import type { Command } from 'commander';
import { type ModelOptions, modelCommand, openModel, printJson } from './options.ts';
import { textTable } from './text-table.ts';

export const listCommand = (): Command =>
  modelCommand('list', 'show the published versions, oldest first')
    .addHelpText('after', '\nExample:\n  hearth list --json')
    .action(async ({ json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const versions = await registry.list();
      const { aliases, journal } = await registry.unreadable();
      for (const fault of [...aliases, ...journal]) {
        process.stderr.write(`hearth: ${fault}\n`);
        process.exitCode = 1;
      }
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
