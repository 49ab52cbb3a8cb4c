import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { openRegistry, type PackedArtifact } from '@hearth/artifact/store';
import { Command } from 'commander';
import { readTable, type Table } from '../data/table.ts';
import { tableWarnings } from '../data/warnings.ts';
import { inputError } from '../errors.ts';
import { threadPool } from '../evaluation/fold-threads.ts';
import { inferPackage, inShell, modelNameOf } from '../infer/index.ts';
import { openArtifactOutput } from '../output/index.ts';
import { planTraining } from '../pipeline/plan-training.ts';
import { samplingWarnings } from '../pipeline/suitable.ts';
import { type Trained, type TrainOptions, train } from '../pipeline/train.ts';
import { planNotes } from '../plan/index.ts';
import { createProgress } from '../progress.ts';
import { keepPassword } from '../sources/index.ts';
import { asCalled, examples } from './called-as.ts';
import { tellInferred } from './inferred-table.ts';
import { handleInterruption } from './interruption.ts';
import { addHints, type HintFlags, hintOptions, hintsOf, wholeNumber } from './options.ts';
import { pageServer } from './page-server.ts';
import { scoreTable } from './score-table.ts';
import { modelsFolder } from './settings.ts';
import { tellNotes } from './tell-notes.ts';

interface Flags extends HintFlags {
  port?: number;
}

/** Five folds show how good the model is. */
const without = ['ten-folds', 'two-repeats', 'learning-curve', 'ml-random-forest'] as const;

export const command = (): Command =>
  addHints(
    new Command('try')
      .description(
        'Shows a model of a table as it is: infers the columns, trains quickly, and serves page and API until Ctrl+C. It keeps everything in .hearth/try/NAME, where no other command looks.',
      )
      .argument('<file>', 'a file, or sqlite:FILE?table=NAME or postgres://…?table=NAME', keepPassword),
  )
    .option(
      '--port <number>',
      'the port of page and API (default: 4200, or a free one)',
      wholeNumber(1, 65_535),
    )
    .addHelpText('after', examples('try titanic.csv --target Survived'))
    .action(async (file: string, flags: Flags, command: Command) => {
      const hints = hintsOf(flags, command);
      const server = pageServer('try');
      const port = await freePort(flags.port);
      const folder = join('.hearth', 'try', modelNameOf(file));
      const out = join(folder, 'artifact');
      const output = await openArtifactOutput(out, { replace: true, models: modelsFolder() });
      const found = await inferPackage(file, hints);
      const { data, faults } = tellInferred(file, found);
      const table = await readTable(data, faults, found.source);
      const { plan, size } = planTraining(table, { engine: 'auto' }, { effort: 'try', without });
      const leftOut = [...plan.leftOut, ...without];
      const { folds, repeats, budget } = plan;
      const options = { engine: 'auto', seed: 1, folds, repeats, plan: { budget, leftOut } } as const;
      tellNotes(
        [...table.notes, ...planNotes(size, plan)],
        [...tableWarnings(table), ...samplingWarnings(table, options)],
      );
      const artifact = await learn(table, options);
      await output.write(artifact);
      const { name } = artifact.manifest;
      const models = resolve(folder, 'models');
      await publishAlone(join(models, name), artifact);
      console.log(scoreTable(artifact.manifest.evaluation));
      console.log(`these scores are of a quick training; nothing outside of ${folder} has changed`);
      await serve(server, { MODELS: models, MODEL: name, PORT: String(port) });
      console.log(
        asCalled(
          `\nTo keep this model:\n  hearth publish ${out}\n  hearth promote latest --model ${name}\nTo train it thoroughly first: hearth train ${inShell(file)} ${hintOptions(hints)}`,
        ),
      );
    });

async function learn(table: Table, options: TrainOptions): Promise<Trained['artifact']> {
  const pool = threadPool({ table });
  const stopTelling = handleInterruption({ done: () => 'no model is finished, and nothing was written' });
  try {
    return (await train(table, options, createProgress(process.stderr), pool)).artifact;
  } finally {
    await pool.close();
    stopTelling();
  }
}

/** Puts the artifact into production in a registry that only this command uses. */
async function publishAlone(folder: string, artifact: PackedArtifact): Promise<void> {
  const registry = openRegistry(folder);
  const { version } = await registry.publish(artifact);
  await registry.promote(version, { decision: 'hearth try' });
}

/** Runs page and API until a signal stops them. */
async function serve(server: string, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [server], {
    stdio: 'inherit',
    env: { HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...process.env, ...env },
  });
  // a terminal sends Ctrl+C to the server as well
  const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
  const end = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt).on('SIGTERM', end);
  const [code] = await once(child, 'exit');
  process.off('SIGINT', interrupt).off('SIGTERM', end);
  if (code) process.exitCode = code;
}

/** @returns the port that was asked for, 4200, or any other that is free */
async function freePort(asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if ((await listens(asked)) === undefined) throw inputError('PORT_TAKEN', asked);
    return asked;
  }
  return (await listens(4200)) ?? ((await listens(0)) as number);
}

/** The port, if a server can listen on it. */
async function listens(port: number): Promise<number | undefined> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    const address = probe.address();
    return typeof address === 'object' && address ? address.port : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  } finally {
    probe.close();
  }
}
