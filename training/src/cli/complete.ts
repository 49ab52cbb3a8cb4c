import { ShellCompDirective } from '@bomb.sh/tab';
import { findModel, listModels, openRegistry } from '@hearth/artifact/store';
import type { Argument, Command, Option } from 'commander';
import { modelName, modelsFolder } from './settings.ts';

/** What completes a word: texts, or the files of the shell. */
type Candidates = { words: readonly string[] } | 'files';

/**
 * Prints what can stand for the last of the words, one a line, and then, for the script of the shell, whether files can.
 * @param create makes the program with the command that the words name
 */
export async function printCompletions(
  words: readonly string[],
  create: (words: readonly string[]) => Promise<Command>,
): Promise<void> {
  const typed = words.slice(0, -1);
  const found = await candidates(typed, words.at(-1) ?? '', await create(typed));
  if (found !== 'files') for (const word of found.words) console.log(word);
  console.log(
    `:${found === 'files' ? ShellCompDirective.ShellCompDirectiveDefault : ShellCompDirective.ShellCompDirectiveNoFileComp}`,
  );
}

async function candidates(typed: readonly string[], current: string, program: Command): Promise<Candidates> {
  const command = program.commands.find((each) => each.name() === typed[0]);
  if (!command)
    return startingWith(
      current,
      program.commands.map((each) => each.name()),
    );
  const options = command.createHelp().visibleOptions(command);
  const takesValue = (word: string | undefined) =>
    options.find(({ long, required }) => required && long === word);
  const option = takesValue(typed.at(-1));
  if (option) return valuesOf(option, /<(.*)>/.exec(option.flags)?.[1] ?? '', current);
  if (current.startsWith('-'))
    return startingWith(
      current,
      options.flatMap(({ long }) => long ?? []),
    );
  const operands = typed.slice(1).filter((word, i, all) => !word.startsWith('-') && !takesValue(all[i - 1]));
  const expected = command.registeredArguments;
  const argument = expected[operands.length] ?? expected.findLast(({ variadic }) => variadic);
  return argument ? valuesOf(argument, argument.name(), current) : { words: [] };
}

/** By the name of an argument or of an option's value. */
async function valuesOf(
  { argChoices }: Argument | Option,
  name: string,
  current: string,
): Promise<Candidates> {
  if (argChoices) return startingWith(current, argChoices);
  if (/version$/i.test(name)) return startingWith(current, await versionNames());
  if (name === 'file' || name === 'folder') return 'files';
  if (name === 'model') return startingWith(current, await listModels(modelsFolder()));
  return { words: [] };
}

async function versionNames(): Promise<string[]> {
  const registry = openRegistry(await findModel(modelsFolder(), modelName()));
  const versions = await registry.list();
  return ['latest', 'production', ...versions.map(({ version }) => version)];
}

const startingWith = (start: string, words: readonly string[]): Candidates => ({
  words: words.filter((word) => word.startsWith(start)),
});
