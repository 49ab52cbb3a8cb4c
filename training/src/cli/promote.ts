import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Model, usedColumns } from '@hearth/artifact';
import { type Change, keepDefault, locateModel, type Registry, setDefault } from '@hearth/artifact/store';
import type { Command } from 'commander';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { inputError } from '../errors.ts';
import { samplingOf, signed } from '../gate/compare.ts';
import { judgeVersion, type Refit, type Verdict } from '../gate/gate.ts';
import { compareOnTable } from '../gate/on-table.ts';
import { compareRecipes, refitSteps } from '../gate/refit.ts';
import { createProgress } from '../progress.ts';
import { chooseSampling } from '../sampling/choose.ts';
import { readSource } from '../sources/index.ts';
import { asCalled, examples } from './called-as.ts';
import { exitCode } from './exit-codes.ts';
import { describeFailure } from './failure.ts';
import {
  dataOption,
  type ModelOptions,
  modelCommand,
  modelOptionsFor,
  openVersion,
  printJson,
  versionArgument,
  writtenIn,
} from './options.ts';

interface Flags extends ModelOptions {
  data: string;
  force?: boolean;
  reason?: string;
  default?: boolean;
  on?: string;
}

export const command = (): Command =>
  modelCommand(
    'promote',
    'Puts a version into production if the gate accepts it; exit code 3 if it does not. The gate compares the version with the one in production by the out-of-fold predictions that both carry or, where their data differ, or how rows count or are split, or they have fewer than 50 such rows in common, retrains both on the table of --data. It also tests invariants, such as monotone columns.',
  )
    .addArgument(versionArgument('<version>'))
    .addOption(dataOption())
    .option(
      '--on <file>',
      'compare both versions by their predictions of the rows of this table, which has the target and which neither was trained on',
    )
    .option('--force', 'promote it although the gate refuses it; needs --reason')
    .option('--reason <text>', 'the reason, for the journal')
    .option(
      '--default',
      'make this the default model, which servers without MODEL serve from their next start (initially the first model promoted)',
    )
    .addHelpText(
      'after',
      examples('promote latest', 'promote 12 --force --reason "the old one was trained on the wrong target"'),
    )
    .action(async (wanted: string, flags: Flags, command: Command) => {
      if (flags.force && !flags.reason) command.error('error: --force needs --reason "…", for the journal');
      const { registry, version } = await openVersion(flags, wanted);
      const table = flags.on === undefined ? undefined : await readSource(flags.on);
      const onTable = table && ((ours: Model, theirs: Model) => compareOnTable(table, ours, theirs));
      const verdict = await judgeVersion(
        registry,
        version,
        refitOn(flags.data, version, command.getOptionValueSource('data') !== 'default'),
        onTable,
      );
      if (!verdict.accepted && !flags.force) {
        await registry.refuse(version, {
          decision: verdict.reasons.join('; '),
          evidence: { ...verdict.evidence },
        });
        process.exitCode = exitCode.refused;
        if (flags.json) return printJson(verdict);
        const options = await modelOptionsFor(basename(registry.folder), flags.models, command);
        return console.log(describeRefusal(verdict, registry, options));
      }
      const change = await registry.promote(version, {
        ...(verdict.champion && { champion: verdict.champion }),
        evidence: { ...verdict.evidence },
        decision: verdict.accepted ? 'accepted' : `forced although ${verdict.reasons.join('; ')}`,
        ...(flags.reason && { reason: flags.reason }),
      });
      const warnings = [...asideWarning(registry.folder, 'aliases.json', change.setAside)];
      warnings.push(...(await writeDefault(registry.folder, flags.default)));
      if (flags.json) printJson({ ...change, ...verdict });
      else console.log(describePromotion(change, verdict, registry));
      for (const warning of warnings) process.stderr.write(`hearth: ${warning}\n`);
    });

function describePromotion(change: Change, verdict: Verdict, registry: Registry): string {
  const { version, previous, restored } = change;
  if (restored) return `${version} is in production again, as the journal says; ${writtenIn(registry)}`;
  if (previous === version) return `${version} is in production already; nothing was changed`;
  const done = `${version} is in production${previous ? `, ${previous} is not` : ''}; ${writtenIn(registry)}`;
  return `${done}\n${describeVerdict(verdict)}`;
}

/** Writes the default model. The promotion is done, also where this fails. @returns warnings and notes for the user */
async function writeDefault(folder: string, isAsked: boolean | undefined): Promise<string[]> {
  const models = dirname(folder);
  try {
    if (isAsked) return asideWarning(models, 'default.json', await setDefault(models, basename(folder)));
    await keepDefault(models);
    const served = basename((await locateModel(models)).folder);
    const name = basename(folder);
    return served === name
      ? []
      : [
          `note: this model answers at /models/${name}/predict; at /predict servers answer with ${served}, or with this one by MODEL=${name}`,
        ];
  } catch (error) {
    return [`the version is in production, but default.json could not be written: ${describeFailure(error)}`];
  }
}

const asideWarning = (folder: string, file: string, name: string | undefined): string[] =>
  name === undefined
    ? []
    : [
        `${folder}/${file} was damaged and is kept as ${name}; if it had other entries, copy them into the new file`,
      ];

/** Retrains both versions on the table of the challenger. */
const refitOn =
  (data: string, version: string, isNamed: boolean): Refit =>
  async (challenger, champion) => {
    // a table of one's own has no data package unless it is named
    if (!isNamed && !existsSync(data)) throw inputError('OTHER_DATA', data, version);
    const described = { ...(await readPackage(data)), sampling: {} };
    const used = [challenger, champion].flatMap(({ features }) => [...usedColumns(features)]);
    const table = await readTable(chooseSampling(described, samplingOf(challenger), used));
    if (table.sha256 !== challenger.data.sha256) throw inputError('OTHER_DATA', data, version);
    const onFold = createProgress(process.stderr).start('retraining both on the new rows', refitSteps);
    return compareRecipes(challenger, champion, table, onFold);
  };

function describeVerdict({ version, champion, error, evidence }: Verdict): string {
  const { champion: compared } = evidence;
  if (!compared && champion !== undefined && champion !== version)
    return `gate: no comparison with ${champion}`;
  if (!compared) return 'gate: no version to compare with; all invariants hold';
  const { loss, low, high, rows, by } = compared;
  const how = by === 'refit' ? 'both retrained' : by === 'table' ? 'of the table' : 'out of fold';
  return `gate: ${error ?? 'mean squared error'} ${signed(loss)} against ${champion} (95 % interval ${signed(low)} to ${signed(high)}, ${rows} rows, ${how})`;
}

function describeRefusal(verdict: Verdict, registry: Registry, options: string): string {
  return [
    describeVerdict(verdict),
    `${verdict.version} is refused:`,
    ...verdict.reasons.map((reason) => `  ${reason}`),
    `${verdict.champion ?? 'nothing'} stays in production; written in ${registry.folder}/journal.jsonl`,
    asCalled(`to promote it anyway: hearth promote ${verdict.version}${options} --force --reason "…"`),
  ].join('\n');
}
