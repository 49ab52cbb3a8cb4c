import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { refuse, root, setUp, typescriptFlags } from './setup.mjs';

/** Runs the proofs, one after another: npm run prove [-- NAME …]. For some of the mutants: npm run prove -- mutants PLACE … */
const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const suffix = '.proof.test.ts';
const testFiles = ['api/src', 'deploy', 'pack/src', 'training/src'].flatMap(proofsIn);

/** The links of packages to each other, in node_modules, would lead in circles. */
function proofsIn(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : proofsIn(file);
    return file.endsWith(suffix) ? [file] : [];
  });
}
const proofs = {
  rehearse: ['deploy/rehearsal/main.ts', '--write'],
  ...Object.fromEntries(
    testFiles.map((file) => [path.basename(file, suffix), [vitest, 'run', '--project=proofs', file]]),
  ),
  soak: ['bench/soak/main.ts', '--minutes', '10'],
  refusals: ['bench/refusals/main.ts'],
  many: ['bench/many/main.ts'],
  notebook: ['notebook/testing/prove.ts'],
  'fuzz:reader': ['artifact/fuzz/main.ts'],
  kills: [vitest, 'run', '--project=system', 'artifact/src/store/kill.system.test.ts'],
  readers: ['artifact/testing/format2/readers.ts'],
  decision: ['artifact/testing/decision/prove.ts'],
  import: ['training/testing/import/prove.ts'],
  onnx: ['training/testing/onnx/prove.ts'],
  'fuzz:import': ['training/testing/import/fuzz-main.ts'],
  'speed:import': ['training/testing/import/speed.ts'],
  clients: ['api/clients/main.ts'],
  'fuzz:requests': [vitest, 'run', '--project=unit', 'api/fuzz'],
  mutants: ['scripts/mutants/main.ts'],
};
const limitMinutes = 40;

const wanted = process.argv.slice(2);
if (wanted[0] === 'mutants') proofs.mutants.push(...wanted.splice(1));
const unknown = wanted.filter((name) => !Object.hasOwn(proofs, name));
if (unknown.length > 0)
  refuse(`There is no proof ${unknown.join(', ')}. The proofs are:\n  ${Object.keys(proofs).join('\n  ')}`);

const { node, env } = setUp();
const results = (wanted.length > 0 ? wanted : Object.keys(proofs)).map((name) => {
  console.log(`\n— ${name}`);
  const began = Date.now();
  const { status } = spawnSync(node, [...typescriptFlags, ...proofs[name]], {
    cwd: root,
    env: { ...env, FUZZ_REQUESTS: '50000', REGISTRY_KILLS: '2000' },
    stdio: 'inherit',
  });
  const minutes = (Date.now() - began) / 60_000;
  const tooLong = minutes > limitMinutes ? `, more than the ${limitMinutes} that a proof may take` : '';
  return `${status === 0 && !tooLong ? 'ok    ' : 'FAILED'} ${name} in ${minutes.toFixed(1)} minutes${tooLong}`;
});
console.log(`\n${results.join('\n')}`);
process.exit(results.every((line) => line.startsWith('ok')) ? 0 : 1);
