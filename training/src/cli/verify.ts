import { ArtifactError } from '@hearth/artifact';
import type { Registry } from '@hearth/artifact/store';
import type { Command } from 'commander';
import { describeFailure } from './failure.ts';
import { type ModelOptions, modelCommand, openModel, printJson } from './options.ts';
import { textTable } from './text-table.ts';

interface Verdict {
  version: string;
  /** The check that the version does not pass, and what is wrong; absent when it is whole. */
  check?: string;
  message?: string;
}

export const verifyCommand = (): Command =>
  modelCommand(
    'verify',
    'load versions whole, as a server does, and say which check fails; exit code 1 if one does',
  )
    .argument('[version...]', 'names, unique beginnings of them, or latest; without one all versions')
    .addHelpText('after', '\nExample:\n  hearth verify && echo all whole')
    .action(async (wanted: string[], { json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const versions =
        wanted.length > 0
          ? await Promise.all(wanted.map((each) => registry.find(each)))
          : (await registry.list()).map(({ version }) => version);
      const verdicts: Verdict[] = [];
      for (const version of versions) verdicts.push(await verify(registry, version));
      const faults = await registry.faults();
      if (json) printJson({ versions: verdicts, registry: faults });
      else print(verdicts, faults);
      if (faults.length > 0 || verdicts.some(({ check }) => check)) process.exitCode = 1;
    });

async function verify(registry: Registry, version: string): Promise<Verdict> {
  try {
    await registry.load(version);
    return { version };
  } catch (error) {
    if (error instanceof ArtifactError) return { version, check: error.check, message: error.message };
    const message = describeFailure(error);
    if (message === undefined) throw error;
    return { version, check: 'unreadable', message };
  }
}

function print(verdicts: readonly Verdict[], faults: readonly string[]): void {
  if (verdicts.length === 0) console.log('no version to verify');
  else
    console.log(
      textTable(
        verdicts.map(({ version, message }) => [version, message ?? 'whole']),
        'left',
      ),
    );
  for (const fault of faults) console.log(fault);
}
