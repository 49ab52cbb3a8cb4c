import type { Registry } from '@hearth/artifact/store';
import type { Command } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { inputError } from '../errors.ts';
import { judgeVersion, type Refit, type Verdict } from '../gate/gate.ts';
import { compareRecipes, refitSteps } from '../gate/refit.ts';
import { createProgress } from '../progress.ts';
import { dataOption, type ModelOptions, modelCommand, openModel, printJson, writtenIn } from './options.ts';

interface Flags extends ModelOptions {
  data: string;
  force?: boolean;
  reason?: string;
}

export const promoteCommand = (): Command =>
  modelCommand('promote', 'put a version into production, if the gate lets it pass')
    .argument('<version>', 'its name, a unique beginning of it, or latest')
    .addOption(dataOption())
    .option('--force', 'promote it although the gate refuses; needs --reason')
    .option('--reason <text>', 'why; it goes into the journal')
    .addHelpText(
      'after',
      `
The gate compares the version with the one in production by the out-of-fold predictions that both carry, or, where their data differ,
by learning both anew on the rows of --data. Exit code 1 if it refuses.

Example:
  hearth promote latest
  hearth promote 12 --force --reason "the old one was trained on the wrong target"`,
    )
    .action(async (wanted: string, flags: Flags, command: Command) => {
      if (flags.force && !flags.reason)
        command.error('error: --force needs --reason "…", which goes into the journal');
      const registry = await openModel(flags);
      const version = await registry.find(wanted);
      const verdict = await judgeVersion(registry, version, refitOn(flags.data, version));
      if (!verdict.accepted && !flags.force) {
        await registry.refuse(version, {
          decision: verdict.reasons.join('; '),
          evidence: { ...verdict.evidence },
        });
        process.exitCode = 1;
        return flags.json ? printJson(verdict) : console.log(describeRefusal(verdict, registry));
      }
      const change = await registry.promote(version, {
        ...(verdict.champion && { champion: verdict.champion }),
        evidence: { ...verdict.evidence },
        decision: verdict.accepted ? 'accepted' : `forced against: ${verdict.reasons.join('; ')}`,
        ...(flags.reason && { reason: flags.reason }),
      });
      if (flags.json) return printJson({ ...change, ...verdict });
      if (change.previous === version)
        return console.log(`${version} is in production already; nothing was changed`);
      console.log(
        `${version} is in production, before it ${change.previous ?? 'nothing'}; ${writtenIn(registry)}`,
      );
      console.log(describeVerdict(verdict));
    });

/** Learns both recipes on the table of the challenger. */
const refitOn =
  (data: string, version: string): Refit =>
  async (challenger, champion) => {
    const table = await readTable(await readPackage(data));
    if (table.sha256 !== challenger.data.sha256) throw inputError('OTHER_DATA', data, version);
    const onFold = createProgress(process.stderr).start('learning both recipes on the new rows', refitSteps);
    return compareRecipes(challenger, champion, table, onFold);
  };

function describeVerdict({ champion, evidence }: Verdict): string {
  const { champion: compared } = evidence;
  if (!compared) return 'gate: nothing to compare it with; no invariant is broken';
  const { loss, low, high, rows, by } = compared;
  const how = by === 'refit' ? 'both learned anew' : 'out of fold';
  return `gate: mean squared error ${signed(loss)} against ${champion} (95 % interval ${signed(low)} to ${signed(high)}, ${rows} rows, ${how})`;
}

const signed = (value: number): string => `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(4)}`;

function describeRefusal(verdict: Verdict, registry: Registry): string {
  return [
    describeVerdict(verdict),
    `${verdict.version} is refused:`,
    ...verdict.reasons.map((reason) => `  ${reason}`),
    `${verdict.champion ?? 'nothing'} stays in production; written in ${registry.folder}/journal.jsonl`,
    'whoever knows better: --force --reason "…"',
  ].join('\n');
}
