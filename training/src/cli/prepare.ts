import { Command } from 'commander';
import { readPackage } from '../data/package.ts';
import { prepare } from '../data/prepare.ts';
import { dataOption } from './options.ts';

export const prepareCommand = (): Command =>
  new Command('prepare')
    .description('make the table from the file as published: apply corrections.json, check every cell')
    .addOption(dataOption())
    .option('--force', 'replace a table that is there, has the same columns and differs')
    .addHelpText('after', '\nExample:\n  hearth prepare --data data/heart/datapackage.json')
    .action(async ({ data, force }: { data: string; force?: boolean }) => {
      const result = await prepare(await readPackage(data), { force });
      const missing = Object.entries(result.missing).map(([name, count]) => `${count} ${name}`);
      console.log(`${result.from} → ${result.to}`);
      for (const step of result.steps) console.log(`  ${step}`);
      const state = result.changed ? 'written' : 'unchanged';
      console.log(
        `${result.rows} rows, ${missing.length ? `missing: ${missing.join(', ')}` : 'none missing'}; ${state}`,
      );
    });
