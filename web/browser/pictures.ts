import type { Page } from 'playwright-core';
import { desktop, phone } from './chromium.ts';
import { type State, states } from './states.ts';

export const screens = [
  { name: 'phone', size: phone },
  { name: 'desktop', size: desktop },
] as const;

export interface Picture {
  state: State;
  screen: (typeof screens)[number];
  scheme: 'light' | 'dark';
  locale: string;
}

/** One picture of every state to compare with, phone and desktop, light and dark, and both languages by turns. */
export const pictures: readonly Picture[] = states.flatMap((state, index) => {
  const [first, second] = index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
  const one: Picture = { state, screen: screens[first], scheme: 'light', locale: 'en-US' };
  const other: Picture = { state, screen: screens[second], scheme: 'dark', locale: 'pt-BR' };
  return ['full', 'about'].includes(state.name) ? [one, other] : [index % 3 === 0 ? other : one];
});

export const pictureName = ({ state, screen, scheme, locale }: Picture) =>
  `${state.name}-${screen.name}-${scheme}-${locale.slice(0, 2)}`;

/** What stands in the window, with nothing in it that differs from visit to visit. */
export async function picture(page: Page, { state }: Picture): Promise<Buffer> {
  const changing = [...(state.changing ?? []), '.foot'];
  return page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    mask: changing.map((part) => page.locator(part)),
    maskColor: '#808080',
  });
}
