import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, fixture, type Recorded, rows, thresholds } from './fixture.ts';

/**
 * Compares the figures of decisions on heart with those of epiR in R, and of dcurves and statsmodels in Python. With --write theirs are
 * recorded for the tests. PYTHON names a Python that has both packages.
 */
const here = import.meta.dirname;
const tools = {
  rates: ['Rscript', join(here, 'rates.R')],
  netBenefit: [process.env.PYTHON || 'python3', join(here, 'net_benefit.py')],
};

function ask([command = '', script = '']: string[]): number[][] {
  const csv = ['target,prediction', ...rows().map(({ target, prediction }) => `${target},${prediction}`)];
  const output = execFileSync(command, [script, ...thresholds.map(String)], {
    input: `${csv.join('\n')}\n`,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

const [rates, benefits] = [ask(tools.rates), ask(tools.netBenefit)];
const theirs = thresholds.map(
  (threshold, i): Recorded => ({ threshold, rates: rates[i], netBenefit: benefits[i] }),
);
const worst = Math.max(...differences(theirs));
if (process.argv.includes('--write'))
  writeFileSync(fixture, `${theirs.map((each) => JSON.stringify(each)).join('\n')}\n`);
console.log(`${thresholds.length} thresholds; largest difference of any figure: ${worst.toExponential(1)}`);
process.exitCode = worst <= 1e-9 ? 0 : 1;
