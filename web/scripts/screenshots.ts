/**
 * Takes full-page screenshots of every state of the page, on phone and desktop, light (English) and dark (Portuguese), into a new
 * folder in `.hearth/`: `npm run screenshots`. With `--keep` it also replaces the committed pictures: the baselines of the tests, the
 * README's picture and the social preview. It refuses if one of them has uncommitted changes.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallModelOf } from '@hearth/training/testing';
import { chromium } from 'playwright-core';
import { type desktop, launchOptions, visit } from '../browser/chromium.ts';
import {
  kinds,
  modelOf,
  type Picture,
  picture,
  pictureName,
  pictures,
  screens,
} from '../browser/pictures.ts';
import { startHearth } from '../browser/servers.ts';
import { goToCurve, states } from '../browser/states.ts';

const web = join(import.meta.dirname, '..');
const baselines = join(web, 'browser/baselines');
const shown = join(web, 'screenshot.png');
const preview = join(web, 'public/social-preview.png');
const keeps = process.argv.includes('--keep');
if (keeps) assertCommitted(baselines, shown, preview);
await mkdir(join(web, '../.hearth'), { recursive: true });
const folder = await mkdtemp(join(web, '../.hearth/screenshots-'));
const locales = { light: 'en-US', dark: 'pt-BR' } as const;

/** Styles of the social preview, which is shown very small: only the number and the hundred figures. */
const previewStyles = `
  .for-whom, .lead, .more, .why, .curve, .meaning, .foot, .languages, .uncertainty, .use, .share, .warnings, figcaption,
  .people-table { display: none }
  body { padding: 32px 72px } .head { padding-bottom: 28px } h1 { font-size: 44px }
  .work { display: block; padding-top: 36px }
  .result { --number: 260px !important; display: grid; grid-template-columns: 1fr 300px; align-items: end }
  .of { font-size: 40px } .people svg { width: 300px }
`;

const browser = await chromium.launch(launchOptions);
const small = await smallModelOf('heart');
const hearth = await startHearth(small.folder);

for (const state of states) {
  for (const screen of screens) {
    for (const scheme of ['light', 'dark'] as const) {
      const wanted = { state, screen, scheme, locale: locales[scheme] };
      const { page } = await open(`${hearth.url}/${state.fragment}`, wanted);
      await state.arrive(page);
      await page.screenshot({ path: join(folder, `${pictureName(wanted)}.png`), fullPage: true });
      await page.context().close();
    }
  }
}
console.log(`screenshots of ${states.length} states are in ${folder}`);

if (keeps) {
  await rm(baselines, { recursive: true, force: true });
  await mkdir(baselines, { recursive: true });
  await keepPictures(hearth.url, pictures);
  for (const kind of kinds) {
    const made = await modelOf(kind.model);
    const server = await startHearth(made.folder);
    await keepPictures(server.url, kind.pictures);
    await server.stop();
    await made.remove();
  }
  const production = await startHearth();
  const someone = `${production.url}/#age=58&sex=male&cp=asymptomatic&ca=1`;
  await keep(someone, { width: 1280, height: 1040 }, shown);
  await keep(someone, { width: 1200, height: 630 }, preview, previewStyles);
  await production.stop();
  console.log('the committed pictures have been replaced: look at each before you commit it');
}

await hearth.stop();
await small.remove();
await browser.close();

/** Replaces the baselines of these pictures. */
async function keepPictures(url: string, kept: readonly Picture[]): Promise<void> {
  for (const wanted of kept) {
    const { page } = await open(`${url}/${wanted.state.fragment}`, wanted);
    await wanted.state.arrive(page);
    await writeFile(join(baselines, `${pictureName(wanted)}.png`), await picture(page, wanted));
    await page.context().close();
  }
}

/** @throws if a file that would be replaced has uncommitted changes */
function assertCommitted(...paths: string[]): void {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain', '--', ...paths], {
    cwd: web,
    encoding: 'utf8',
  });
  if (status !== 0 || stdout !== '')
    throw new Error(`uncommitted changes; commit them, or undo them with git checkout:\n${stdout}`);
}

function open(url: string, { screen, scheme, locale }: Omit<(typeof pictures)[number], 'state'>) {
  const options = { viewport: screen.size, colorScheme: scheme, locale, reducedMotion: 'reduce' } as const;
  return visit(browser, url, options);
}

async function keep(url: string, size: typeof desktop, path: string, css = ''): Promise<void> {
  const options = { viewport: size, reducedMotion: 'reduce', bypassCSP: true } as const;
  const { page } = await visit(browser, url, options);
  await goToCurve(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  if (css !== '') await page.addStyleTag({ content: css });
  await page.screenshot({ path });
  await page.context().close();
}
