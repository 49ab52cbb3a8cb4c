import { ArtifactError } from '@hearth/artifact';
import { listModels, type Registry } from '@hearth/artifact/store';
import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import { describeFailure } from './failure.ts';
import { type ModelOptions, modelCommand, openModel, printJson, versionArgument } from './options.ts';
import { textTable } from './text-table.ts';

interface Verdict {
  version: string;
  /** The check that the version fails, and what is wrong; absent where it passes all. */
  check?: string;
  message?: string;
}

export const command = (): Command =>
  modelCommand(
    'verify',
    'Loads versions with every check that a server makes, of all models or of --model, and names the check that fails; exit code 3 if one does.',
  )
    .addArgument(versionArgument('[version...]', '; default: all versions'))
    .addHelpText('after', examples('verify', 'verify production --json'))
    .action(async (wanted: string[], { json, ...where }: ModelOptions) => {
      const { models, model } = where;
      const names = wanted.length > 0 || model !== undefined ? [] : await listModels(models);
      if (names.length < 2) {
        const found = await findFaults(await openModel(where), wanted);
        return json ? printJson(found) : print(found);
      }
      const all: object[] = [];
      for (const name of names) {
        const found = await findFaults(await openModel({ models, model: name }), []);
        all.push({ model: name, ...found });
        if (json) continue;
        console.log(`${name === names[0] ? '' : '\n'}${name}`);
        print(found);
      }
      if (json) printJson(all);
    });

interface Found {
  versions: Verdict[];
  /** The faults of the registry apart from those of its versions. */
  registry: string[];
}

/** What a server would refuse of a model. @param wanted versions; all of them if empty */
async function findFaults(registry: Registry, wanted: readonly string[]): Promise<Found> {
  const names =
    wanted.length > 0
      ? await Promise.all(wanted.map((each) => registry.find(each)))
      : (await registry.list()).map(({ version }) => version);
  const versions: Verdict[] = [];
  for (const version of names) versions.push(await verify(registry, version));
  const faults = await registry.faults();
  for (const version of names) faults.push(...(await registry.evaluations(version)).faults);
  if (faults.length > 0 || versions.some(({ check }) => check)) process.exitCode = exitCode.refused;
  return { versions, registry: faults };
}

async function verify(registry: Registry, version: string): Promise<Verdict> {
  try {
    await registry.load(version);
    return { version };
  } catch (error) {
    if (error instanceof ArtifactError) return { version, check: error.check, message: error.message };
    return { version, check: 'unreadable', message: describeFailure(error) };
  }
}

function print({ versions: verdicts, registry: faults }: Found): void {
  if (verdicts.length === 0) console.log('no version to verify');
  else
    console.log(
      textTable(
        verdicts.map(({ version, message }) => [version, message ?? 'passes every check']),
        'left',
        Infinity,
      ), // one line each, for grep,
    );
  for (const fault of faults) console.log(fault);
}
