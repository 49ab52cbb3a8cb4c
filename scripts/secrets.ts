/**
 * Finds keys and secrets in files that git has, or would add, below the current folder.
 * Prints one line per finding, `file:line: what`, with the secret masked. Exits with 1 if there are any.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const keyFile =
  /(^|\/)(\.env(\..+)?|\.npmrc|\.netrc|id_(rsa|dsa|ecdsa|ed25519)|[^/]+\.(pem|key|p12|pfx|jks|keystore|ppk))$/i;
const harmless = /\.env\.example$/;
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
const files = listed.split('\0').filter((file) => existsSync(file) && statSync(file).isFile());
const findings = (await Promise.all(files.map(findingsIn))).flat();

for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(
    'Remove them. A committed secret stays in the history of git: replace it everywhere it is used.',
  );
  process.exitCode = 1;
}

async function findingsIn(file: string): Promise<string[]> {
  const named =
    keyFile.test(file) && !harmless.test(file) ? [`${file}: files with this name hold keys or secrets`] : [];
  const content = readFileSync(file, 'utf8');
  if (content.includes('\0')) return named;
  const source = {
    filePath: path.resolve(file),
    content,
    ext: path.extname(file),
    contentType: 'text' as const,
  };
  const { messages } = await lintSource({ source, options: { maskSecrets: true, config } });
  return [
    ...named,
    ...messages.map(({ loc, message }) => `${file}:${loc.start.line}: ${message.replace(/\*{4,}/, '***')}`),
  ];
}
