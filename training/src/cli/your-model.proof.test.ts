import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { currentPython, sparkPython } from '../../testing/import/environments.ts';
import { createRandom } from '../random.ts';

const main = join(root, 'training/src/cli/main.ts');
const page = readFileSync(join(root, 'docs/your-model.md'), 'utf8');

/** The sections with a model of a tool: their blocks of text. */
const sections = page
  .split('\n## ')
  .slice(1)
  .map((section) => ({
    heading: section.slice(0, section.indexOf('\n')),
    blocks: [...section.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language, text]) => ({ language, text })),
  }))
  .filter(({ blocks }) => blocks.length > 0);

const random = createRandom(4);
function patients(count: number): string {
  const lines = Array.from({ length: count }, () => {
    const age = 20 + Math.floor(70 * random.uniform());
    const bmi = (18 + 20 * random.uniform()).toFixed(1);
    const city = ['Lisboa', 'Recife', 'Manaus'][Math.floor(3 * random.uniform())];
    const chance = 1 / (1 + Math.exp(5 - age / 15 - (city === 'Recife' ? 1 : 0)));
    return `${age},${bmi},${city},${random.uniform() < chance ? 1 : 0}`;
  });
  return ['age,bmi,city,sick', ...lines, ''].join('\n');
}
const tables = { 'patients.csv': patients(600), 'held-out.csv': patients(300) };

test.each(sections)(
  '$heading: from the fit to production, as it is written',
  async ({ heading, blocks }) => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-your-model-'));
    const run = (command: string, ...options: string[]) => {
      const { status, stdout, stderr } = spawnSync(command, options, { cwd: folder, encoding: 'utf8' });
      expect(status, `${options.at(-1)}\n${stdout}${stderr}`).toBe(0);
    };
    for (const [name, text] of Object.entries(tables)) writeFileSync(join(folder, name), text);
    const python = heading === 'Spark' ? sparkPython().python() : currentPython();
    if (heading === 'Spark')
      run(python, '-c', 'import pandas as p; p.read_csv("patients.csv").to_parquet("patients.parquet")');
    const shell = `set -eu\nexport MODELS=models\nhearth() { "${process.execPath}" "${main}" "$@"; }\n`;
    for (const { language, text } of blocks) {
      if (language === 'python') run(python, '-W', 'ignore', '-c', text);
      if (language === 'r') run('Rscript', '-e', text);
      if (language === 'sh') run('bash', '-c', shell + text.replace(/^npm start.*$/m, ''));
      const script = /hearth import --script \w+ > (\S+) +# (\d+) lines/.exec(text);
      if (script)
        expect(readFileSync(join(folder, script[1]), 'utf8').split('\n').length - 1).toBe(Number(script[2]));
    }
    const registry = openRegistry(join(folder, 'models/patients'));
    const { answer } = (await registry.load(await registry.find('production'))).predict({
      age: 80,
      bmi: 25,
      city: 'Recife',
    });
    expect(answer).toBeGreaterThan(0.5);
    rmSync(folder, { recursive: true });
  },
  600_000,
);
