import { smallModelOf } from '@hearth/training/testing';
import type { Page } from 'playwright-core';
import { desktop, phone } from './chromium.ts';
import { type MadeModel, madeModel } from './made-models.ts';
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

/** One baseline picture per state, alternating between phone and desktop, light and dark, and the two languages. */
export const pictures: readonly Picture[] = states.flatMap((state, index) => {
  const [first, second] = index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
  const one: Picture = { state, screen: screens[first], scheme: 'light', locale: 'en-US' };
  const other: Picture = { state, screen: screens[second], scheme: 'dark', locale: 'pt-BR' };
  return ['full', 'about'].includes(state.name) ? [one, other] : [index % 3 === 0 ? other : one];
});

/** The first view of models of other kinds, on a phone and on a desktop, one of them dark and one in Portuguese. */
export const kinds: readonly { model: 'penguins' | MadeModel; pictures: readonly Picture[] }[] = (
  [
    ['penguins', '#body_mass=4200&sex=female'],
    ['beans', '#Area=52000&roundness=0.8'],
    ['letters', '#x-box=4&y-box=9&width=3&high=8'],
    ['energy', ''],
    ['visits', '#age=61'],
    ['dates', '#born=2001-05-05&town=Sabar%C3%A1'],
  ] as const
).map(([model, fragment], index) => {
  const state: State = {
    name: model,
    fragment,
    arrive: (page) => page.locator('.meaning').waitFor(),
  };
  const [one, other] = index % 2 === 0 ? screens : [screens[1], screens[0]];
  const isDark = index % 4 >= 2;
  const isPortuguese = index % 3 === 0;
  return {
    model,
    pictures: [
      {
        state,
        screen: one,
        scheme: isDark ? 'dark' : 'light',
        locale: isPortuguese ? 'pt-BR' : 'en-US',
      },
      {
        state,
        screen: other,
        scheme: isDark ? 'light' : 'dark',
        locale: isPortuguese ? 'en-US' : 'pt-BR',
      },
    ],
  };
});

/** A folder with the model of a picture. */
export const modelOf = (model: (typeof kinds)[number]['model']) =>
  model === 'penguins' ? smallModelOf(model) : madeModel(model);

export const pictureName = ({ state, screen, scheme, locale }: Picture) =>
  `${state.name}-${screen.name}-${scheme}-${locale.slice(0, 2)}`;

/** A screenshot of the window; parts that differ from visit to visit are masked. */
export async function picture(page: Page, { state }: Picture): Promise<Buffer> {
  const changing = [...(state.changing ?? []), '.foot'];
  return page.screenshot({
    animations: 'disabled',
    caret: 'hide',
    mask: changing.map((part) => page.locator(part)),
    maskColor: '#808080',
  });
}
