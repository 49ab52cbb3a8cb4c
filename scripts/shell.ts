import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Checks every shell script of the repository, and the files that it sources, with ShellCheck. An exception needs a reason in the same line.
 * Usage: node scripts/shell.ts
 */
const root = path.join(import.meta.dirname, '..');
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const firstLine = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n', 1)[0];
const named = listed.split('\0').filter((file) => file !== '' && /(^|\/)[^.]+$|\.sh$|^\.ci\//.test(file));
const scripts = named.filter((file) => /^#!.*\b(ba)?sh$/.test(firstLine(file)));
const parts = named.filter((file) => file.endsWith('.sh'));

const unexplained = [...new Set([...scripts, ...parts])].flatMap((file) =>
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => (/# shellcheck disable=[^#]*$/.test(line) ? [`${file}:${i + 1}`] : [])),
);
for (const place of unexplained)
  console.error(`${place}: add a reason, as in: # shellcheck disable=SC2016 # because …`);

const { error, status } = spawnSync('shellcheck', ['--external-sources', '--check-sourced', ...scripts], {
  cwd: root,
  stdio: 'inherit',
});
if (error) console.log('Skipped: ShellCheck is not installed. To run it: apt-get install shellcheck');
const missing = error ? Number(process.env.CI === 'true') : status;
process.exitCode = missing || unexplained.length > 0 ? 1 : 0;
