import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { commands } from './program.ts';

const { said, hearth } = useCommandLine();

test('docs/messages/hearth.md has the help of every command', async () => {
  for (const name of ['npm_lifecycle_event', 'MODELS', 'MODEL']) vi.stubEnv(name, undefined);
  const sections = [];
  for (const args of [[], ...Object.keys(commands).map((name) => [name])]) {
    expect(await hearth(...args, '--help')).toBe(0);
    sections.push(
      `## ${['hearth', ...args, '--help'].join(' ')}\n\n\`\`\`\n${said.printed.trim()}\n\`\`\`\n`,
    );
  }
  const note =
    'Written by training/src/cli/help.test.ts; `npm run test:unit -- training/src/cli/help.test.ts -u` writes it again.';
  await expect([`# Help of the hearth command\n\n${note}\n`, ...sections].join('\n')).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/messages/hearth.md'),
  );
});
