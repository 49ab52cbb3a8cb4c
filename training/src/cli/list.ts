import type { VersionSummary } from '@hearth/artifact/store';
import type { Command } from 'commander';
import { asCalled, examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import { type ModelOptions, modelCommand, openModel, printJson } from './options.ts';
import { textTable } from './text-table.ts';

export const command = (): Command =>
  modelCommand(
    'list',
    'Lists the published versions, oldest first; * marks the one in production. Exit code 3 if aliases.json or the journal is damaged.',
  )
    .addHelpText('after', examples('list', 'list --json'))
    .action(async ({ json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const versions = await registry.list();
      const { aliases, journal } = await registry.unreadable();
      for (const fault of [...aliases, ...journal]) {
        process.stderr.write(`hearth: ${asCalled(fault)}\n`);
        process.exitCode = exitCode.refused;
      }
      if (json) return printJson(versions);
      if (versions.length === 0) {
        return console.log(
          asCalled(`no version in ${registry.folder}; make one with: hearth train && hearth publish`),
        );
      }
      const rows = versions.map((each) => [
        each.production ? '*' : ' ',
        each.version,
        minute(each.published),
        minute(each.promoted),
        stateOf(each),
      ]);
      console.log(textTable([['', 'version', 'published (UTC)', 'promoted (UTC)', ''], ...rows], 'left'));
    });

const minute = (time = ''): string => time.slice(0, 16).replace('T', ' ');

const stateOf = ({ production, rolledBack }: VersionSummary): string => {
  if (production) return 'in production';
  return rolledBack ? `rolled back ${minute(rolledBack)}` : '';
};
