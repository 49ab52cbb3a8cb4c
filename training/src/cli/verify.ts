import { ArtifactError } from '@hearth/artifact';
import type { Registry } from '@hearth/artifact/store';
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
    'Loads versions with every check that a server makes, and names the check that fails; exit code 3 if one does.',
  )
    .addArgument(versionArgument('[version...]', '; default: all versions'))
    .addHelpText('after', examples('verify', 'verify production --json'))
    .action(async (wanted: string[], { json, ...where }: ModelOptions) => {
      const registry = await openModel(where);
      const versions =
        wanted.length > 0
          ? await Promise.all(wanted.map((each) => registry.find(each)))
          : (await registry.list()).map(({ version }) => version);
      const verdicts: Verdict[] = [];
      for (const version of versions) verdicts.push(await verify(registry, version));
      const faults = await registry.faults();
      for (const version of versions) faults.push(...(await registry.evaluations(version)).faults);
      if (json) printJson({ versions: verdicts, registry: faults });
      else print(verdicts, faults);
      if (faults.length > 0 || verdicts.some(({ check }) => check)) process.exitCode = exitCode.refused;
    });

async function verify(registry: Registry, version: string): Promise<Verdict> {
  try {
    await registry.load(version);
    return { version };
  } catch (error) {
    if (error instanceof ArtifactError) return { version, check: error.check, message: error.message };
    return { version, check: 'unreadable', message: describeFailure(error) };
  }
}

function print(verdicts: readonly Verdict[], faults: readonly string[]): void {
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
