import type { ModelDescription } from '@hearth/artifact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { baseRateOf } from './chart/base-rate.ts';
import type { Settings } from './link/fragment.ts';

/** What a link says besides the case, and how to change it. */
export interface SettingsState {
  settings: Settings;
  change(settings: Settings): void;
  /** The share of those with the outcome among the people asked; undefined: as in the data. */
  prevalence: number | undefined;
}

export const SettingsContext = createContext<SettingsState>({
  settings: {},
  change() {},
  prevalence: undefined,
});

export const useSettings = () => useContext(SettingsContext);

/** Whether the answers of a model can be moved to another prevalence; of several classes only the API does that. */
export const hasPrevalence = ({ target, data }: ModelDescription): boolean =>
  target.type === 'binary' && baseRateOf(data) !== undefined;

/** The prevalence of a link as a share; undefined if there is none, or none that can be. */
export function prevalenceOf(model: ModelDescription, { prevalence }: Settings): number | undefined {
  const share = Number(prevalence) / 100;
  return hasPrevalence(model) && share > 0 && share < 1 ? share : undefined;
}
