import { expect, test } from 'vitest';
import { axeFindings, overflow } from './checks.ts';
import { desktop, phone } from './chromium.ts';
import { stageWith } from './stage.ts';

const stage = stageWith('heart');

const visitors = [
  { language: 'en', locale: 'en-US', viewport: phone, colorScheme: 'light' },
  { language: 'pt-BR', locale: 'pt-BR', viewport: desktop, colorScheme: 'dark' },
] as const;

test.each(visitors)(
  'the fields that would help most are named, and a click opens one, in $language',
  async ({ language, ...visitor }) => {
    const { page, complaints } = await stage.visit('#age=58&sex=male', visitor);
    const reply = await fetch(`${stage.hearth.url}/next`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ age: 58, sex: 'male' }),
    });
    const { next, now } = await reply.json();
    const panel = page.locator('section.next');
    await panel.waitFor();
    const text = (await panel.textContent()) ?? '';
    expect(text).toContain(language === 'en' ? 'What would help most' : 'O que mais ajudaria');
    expect(text).toContain(String(Math.round(100 * now)));
    expect(text).toContain(String(Math.round(100 * next[0].expected)));
    expect(await panel.getByRole('button').count()).toBe(3);
    await panel.getByRole('button').first().click();
    const focused = () => page.evaluate(() => document.activeElement?.id);
    await expect.poll(focused).toMatch(new RegExp(`^field-${next[0].column}(-0)?$`));
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
