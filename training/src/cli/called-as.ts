/** How the user starts the command: `hearth`, `npx hearth`, or the script of npm that runs it. */
export function calledAs(env = process.env): string {
  if (env.npm_lifecycle_event === 'npx' && /^\W?hearth\b/.test(env.npm_lifecycle_script ?? ''))
    return 'npx hearth';
  if (env.npm_lifecycle_event !== 'hearth') return 'hearth';
  return env.npm_config_loglevel === 'silent' ? 'npm run -s hearth --' : 'npm run hearth --';
}

const command =
  /\bhearth (?=(prepare|try|new|init|train|import|publish|promote|rollback|prune|list|show|card|diff|verify|serve|predict|evaluate|export|types|completion)\b)/g;

/** Writes the commands in a text as the user calls them, so that they can be copied. */
export const asCalled = (text: string): string => text.replaceAll(command, `${calledAs()} `);

/** Examples below the help of a command, as the user calls it. */
export const examples = (...lines: string[]): string =>
  asCalled(
    `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.map((line) => `  hearth ${line}`).join('\n')}`,
  );
