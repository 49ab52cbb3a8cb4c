import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, setUp, typescriptFlags } from './setup.mjs';

/** What takes too long for every push, one after the other: npm run prove [-- NAME …], or of the mutants some: -- mutants PLACE … */
const { node, env } = setUp();
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const proofs = {
  rehearse: ['deploy/rehearsal/main.ts', '--write'],
  proofs: [vitest, 'run', '--project=proofs'],
  soak: ['bench/soak/main.ts', '--minutes', '10'],
  refusals: ['bench/refusals/main.ts'],
  'fuzz:reader': ['artifact/fuzz/main.ts'],
  readers: ['artifact/testing/format2/readers.ts'],
  'fuzz:requests': [vitest, 'run', '--project=unit', 'api/fuzz'],
  mutants: ['scripts/mutants/main.ts'],
};
const wanted = process.argv.slice(2);
if (wanted[0] === 'mutants') proofs.mutants.push(...wanted.splice(1));
const chosen = wanted.length > 0 ? wanted : Object.keys(proofs);

const results = chosen.map((name) => {
  console.log(`\n— ${name}`);
  if (!(name in proofs)) return `FAILED ${name}: there are ${Object.keys(proofs).join(', ')}`;
  const began = Date.now();
  const { status } = spawnSync(node, [...typescriptFlags, ...proofs[name]], {
    cwd: root,
    env: { ...env, FUZZ_REQUESTS: '50000' },
    stdio: 'inherit',
  });
  return `${status === 0 ? 'ok    ' : 'FAILED'} ${name} in ${Math.round((Date.now() - began) / 1000)} s`;
});
console.log(`\n${results.join('\n')}`);
process.exit(results.every((line) => line.startsWith('ok')) ? 0 : 1);
