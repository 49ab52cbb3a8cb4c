import { smallModelOf } from '@hearth/training/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatFor } from '../src/format.ts';
import { axeFindings } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { askDirectly, type RunningServer, startHearth } from './servers.ts';
import { visitors } from './visitors.ts';

const { visit } = visitors();
let foreign: FastifyInstance;
let origin: string;
let hearth: RunningServer;
let small: Awaited<ReturnType<typeof smallModelOf>>;

/** Somebody else's page. */
const page = (
  lang: string,
) => `<!doctype html><html lang="${lang}"><title>Elsewhere</title><main><h1>Elsewhere</h1>
<hearth-predictor src="${hearth.url}/" fields="age,sex"></hearth-predictor></main>
<script src="${hearth.url}/embed.js"></script></html>`;

beforeAll(async () => {
  foreign = Fastify({ forceCloseConnections: true });
  foreign.get<{ Params: { lang: string } }>('/:lang', (request, reply) => {
    const policy = `script-src ${hearth.url}; connect-src ${hearth.url}; style-src 'none'`;
    reply.type('text/html').header('content-security-policy', policy).send(page(request.params.lang));
  });
  origin = await foreign.listen({ host: '127.0.0.1', port: 0 });
  small = await smallModelOf('heart');
  hearth = await startHearth(small.folder, 0, [origin]);
});
afterAll(async () => {
  await foreign?.close();
  await hearth?.stop();
  await small?.remove();
});

test.each([
  {
    language: 'en',
    viewport: phone,
    female: 'Female',
    caption: 'chance of heart disease',
  },
  {
    language: 'pt-BR',
    viewport: desktop,
    female: 'Feminino',
    caption: 'chance de doença',
  },
] as const)(
  "a predictor on somebody else's page answers from its fields, in $language",
  async ({ language, viewport, female, caption }) => {
    const { page, complaints } = await visit(`${origin}/${language}`, { viewport });
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      addEventListener('hearth-answer', ({ detail }: CustomEventInit) => heard.push(detail));
    });
    await page.locator('#field-age').fill('58');
    await page.locator('#field-sex').selectOption({ label: female });
    const { probability, interval } = await askDirectly(hearth.url, { age: 58, sex: 'female' });
    const { percent } = formatFor(language);
    const answer = page.locator('.answer');
    for (const part of [
      caption,
      percent(probability),
      percent(interval?.low ?? 0),
      percent(interval?.high ?? 0),
    ])
      await expect.poll(() => answer.textContent()).toContain(part);
    const heard = () =>
      page.evaluate(() => (window as unknown as { heard: { probability: number }[] }).heard.at(-1));
    expect((await heard())?.probability).toBe(probability);
    expect(await page.getByRole('link').getAttribute('href')).toBe(`${hearth.url}/#age=58&sex=female`);
    expect(await axeFindings(page)).toEqual([]);

    await page.locator('#field-age').fill('580');
    await expect.poll(() => page.locator('#field-age').getAttribute('aria-invalid')).toBe('true');
    expect(complaints).toEqual([]);
  },
);

test('the script is small, and any page may load it', async () => {
  const reply = await fetch(`${hearth.url}/embed.js`, { headers: { 'accept-encoding': 'br' } });
  expect(reply.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  expect(Number(reply.headers.get('content-length'))).toBeLessThan(8_000);
  const other = await fetch(hearth.url);
  expect(other.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});
