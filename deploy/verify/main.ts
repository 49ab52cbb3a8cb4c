import { parseArgs } from 'node:util';
import { verifyApi } from './api.ts';
import { within } from './ask.ts';
import { verifyWeb } from './web.ts';

/**
 * Checks a running API or page, and prints one line: that it passes, or what is wrong (exit code 1). Needs only Node 24, so that it also runs
 * in our images. Usage:
 *   node deploy/verify/main.ts api URL [--models DIR] [--within SECONDS]
 *   node deploy/verify/main.ts web URL [--like URL] [--within SECONDS]
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'models' },
    like: { type: 'string' },
    within: { type: 'string', default: '0' },
  },
});
const [what, url] = positionals;
const checks: Record<string, (() => Promise<string>) | undefined> = {
  api: () => verifyApi(url, values.models),
  web: () => verifyWeb(url, values.like),
};
const check = checks[what];
if (!check || !url || !URL.canParse(url)) {
  console.error(
    'verify: wrong usage. Use: npm run verify:deployed -- api URL, or npm run verify:deployed -- web URL',
  );
  process.exit(2);
}
try {
  console.log(await within(Number(values.within), check));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
