import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const python = spawnSync('python3', ['--version']).status === 0;

const block = (language: string): string => {
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme);
  if (!found) throw new Error(`the README has no ${language} block`);
  return found[1];
};

// with CI=true the test is not skipped: without Python it fails
test.skipIf(!python && process.env.CI !== 'true')(
  'the Python code of the README reads the model in production and gives its golden answers',
  async () => {
    const registry = openRegistry(path.join(root, 'models/heart'));
    const folder = path.join(registry.folder, await registry.production());
    const program = `${block('python')}
model, t = read(${JSON.stringify(folder)})
print(json.dumps([[answer(model, t, g["row"]), g["answer"]] for g in model["golden"]]))`;
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const pairs: [number, number][] = JSON.parse(stdout);
    expect(pairs.length).toBeGreaterThan(20);
    for (const [ours, writers] of pairs) expect(ours).toBeCloseTo(writers, 12);
  },
);

test('every folder and file that the README links to exists', () => {
  for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
    expect(() => readFileSync(path.join(root, target))).not.toThrow();
  }
});
