import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { engineVersion } from '../engine-version.ts';
import { inputError } from '../errors.ts';
import { type Hints, inShell } from '../infer/index.ts';
import { repositoryFiles } from '../new/repository.ts';
import { openFileOutput } from '../output/index.ts';
import { asCalled, examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import { describeTable } from './init.ts';
import { addHints, type HintFlags, hintsOf } from './options.ts';

interface Flags extends HintFlags {
  images: string;
  train: boolean;
}

/** The first model, as people make the next ones. */
const firstModel = [['train', '--effort', 'quick'], ['publish'], ['promote', 'latest']];

export const command = (): Command =>
  addHints(
    new Command('new')
      .description(
        'Makes a repository for a model of your own: data/, models/, compose.yml, a Dockerfile on the images of this version, a workflow of GitHub that trains, promotes and deploys, and a README. With a file it trains the first model. It never replaces a file.',
      )
      .argument('<folder>', 'the new folder')
      .argument('[file]', 'the table; it is copied to data/'),
  )
    .addOption(
      new Option('--images <prefix>', 'the registry of the images, such as ghcr.io/example/').default(''),
    )
    .option('--no-train', 'without a first model')
    .addHelpText('after', examples('new titanic titanic.csv --target Survived', 'new sales'))
    .action(async (folder: string, file: string | undefined, flags: Flags, command: Command) => {
      const hints = file === undefined ? undefined : hintsOf(flags, command);
      const table = file === undefined ? undefined : basename(file);
      const name = basename(resolve(folder));
      const files = await repositoryFiles({ name, version: engineVersion, prefix: flags.images, table });
      const outputs = await Promise.all(
        Object.entries(files).map(async ([path, content]) => {
          const output = await openFileOutput(join(folder, path));
          return () => output.write(content);
        }),
      );
      if (file && hints) await addTable(file, hints, join(folder, 'data'));
      for (const part of ['data', 'models']) await mkdir(join(folder, part), { recursive: true });
      for (const write of outputs) await write();
      console.log(`written: ${folder}; its README says how to train, serve and deploy`);
      const trains = file !== undefined && flags.train;
      if (trains && !trainFirst(folder)) return;
      const next = trains ? 'docker compose up (without Docker: hearth serve)' : 'do what README.md says';
      console.log(asCalled(`next: cd ${inShell(folder)} && ${next}`));
    });

/** Copies a table to `data/` and describes it there. What cannot be described leaves nothing behind. */
async function addTable(file: string, hints: Hints, data: string): Promise<void> {
  if (!(await stat(file)).isFile())
    throw inputError('BAD_SOURCE', file, 'is no file; hearth new takes one file');
  const copy = join(data, basename(file));
  await openFileOutput(copy);
  await openFileOutput(join(data, 'datapackage.json'));
  const created = await mkdir(data, { recursive: true });
  try {
    await copyFile(file, copy);
    await describeTable(copy, hints, data);
  } catch (error) {
    await rm(created ?? copy, { recursive: true, force: true });
    throw error;
  }
}

/** Trains, publishes and promotes in the new folder. @returns whether all of it succeeded; otherwise the exit code is that of the failure */
function trainFirst(folder: string): boolean {
  for (const args of firstModel) {
    const { status } = spawnSync(process.execPath, [...process.execArgv, process.argv[1], ...args], {
      cwd: folder,
      stdio: 'inherit',
    });
    if (status === 0) continue;
    process.exitCode = status ?? exitCode.failed;
    return false;
  }
  return true;
}
