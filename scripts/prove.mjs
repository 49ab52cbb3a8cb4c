import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, setUp, typescriptFlags } from './setup.mjs';

/** What takes too long for every push, one after the other: npm run prove [-- NAME …] */
const { node, env } = setUp();
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const proofs = {
  rehearse: ['deploy/rehearsal/main.ts', '--write'],
  proofs: [vitest, 'run', '--project=proofs'],
  soak: ['bench/soak/main.ts', '--minutes', '10'],
  refusals: ['bench/refusals/main.ts'],
  'fuzz:reader': ['artifact/fuzz/main.ts'],
  'fuzz:requests': [vitest, 'run', '--project=unit', 'api/fuzz'],
};
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(proofs);

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
