import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readTable } from '../data/table.ts';
import { tableWarnings } from '../data/warnings.ts';
import { formatDescriptor, type Hints, inferPackage } from '../infer/index.ts';
import { openFileOutput } from '../output/index.ts';
import { keepPassword } from '../sources/index.ts';
import { asCalled, examples } from './called-as.ts';
import { tellInferred } from './inferred-table.ts';
import { addHints, type HintFlags, hintsOf } from './options.ts';
import { tellNotes } from './tell-notes.ts';

interface Flags extends HintFlags {
  out: string;
}

export const command = (): Command =>
  addHints(
    new Command('init')
      .description(
        'Writes the data package of a table, to be edited: what its columns are taken for, as far as it cannot be inferred again. It never replaces a file.',
      )
      .argument('<file>', 'a file, or sqlite:FILE?table=NAME or postgres://…?table=NAME', keepPassword),
  )
    .option('--out <folder>', 'the folder of datapackage.json', aFolder, '.')
    .addHelpText(
      'after',
      examples('init titanic.csv --target Survived', 'init sales.csv --target price --out sales'),
    )
    .action(async (file: string, flags: Flags, command: Command) => {
      const path = await describeTable(file, hintsOf(flags, command), flags.out);
      console.log(asCalled(`written: ${path}; edit it, then: hearth train --data ${path}`));
    });

/** Writes the data package of a table into a folder, and tells what was inferred. @returns its path @throws InputError */
export async function describeTable(file: string, hints: Hints, folder: string): Promise<string> {
  const path = join(folder, 'datapackage.json');
  const output = await openFileOutput(path);
  const found = await inferPackage(file, hints, folder);
  const { data, faults } = tellInferred(file, found);
  const table = await readTable(data, faults, found.source);
  tellNotes(table.notes, tableWarnings(table));
  await output.write(formatDescriptor(found.descriptor));
  return path;
}

/** A folder, and not the file in it: a folder with the name of a file is never meant. */
function aFolder(text: string): string {
  if (!text.endsWith('.json')) return text;
  throw new InvalidArgumentError('It takes a folder; datapackage.json is written into it.');
}
