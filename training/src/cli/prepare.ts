import { Command } from 'commander';
import { faultless } from '../data/package.ts';
import { prepare } from '../data/prepare.ts';
import { draftPublishable } from '../pipeline/publishable.ts';
import { examples } from './called-as.ts';
import { dataOption, jsonOption, printJson } from './options.ts';
import { textTable } from './text-table.ts';

export const command = (): Command =>
  new Command('prepare')
    .description(
      'Makes the table of a data package from the published file: applies the steps of corrections.json, then checks every cell.',
    )
    .addOption(dataOption())
    .option('--force', 'replace an existing table that differs but has the same columns')
    .addOption(jsonOption())
    .addHelpText('after', examples('prepare', 'prepare --data data/penguins/datapackage.json'))
    .action(async ({ data, force, json }: { data: string; force?: boolean; json?: boolean }) => {
      const draft = await draftPublishable(data);
      const { data: described = faultless(draft), faults } = draft;
      const result = await prepare(described, { faults, force });
      if (json) return printJson(result);
      for (const note of result.notes) console.error(`note: ${note}`);
      const missing = Object.entries(result.missing).map(([name, count]) => `${count} ${name}`);
      console.log(`${result.from} → ${result.to}`);
      if (result.steps.length > 0)
        console.log(
          textTable(
            result.steps.map(({ what, why }) => [`  ${what}`, why]),
            'left',
          ),
        );
      const state = result.changed ? 'written' : 'unchanged';
      console.log(
        `${result.rows} rows, ${missing.length ? `missing: ${missing.join(', ')}` : 'none missing'}; ${state}`,
      );
    });
