import { english } from '../columns/texts.ts';
import { blendedLearners } from '../manifest/blend.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { percent } from './numbers.ts';

/** What a blend is made of, such as "a blend of 60 % gradient-boosted trees and 40 % additive model"; empty for another engine. */
export function blendInWords(manifest: Pick<Manifest, 'engine' | 'evaluation'>): string {
  const members = blendedLearners(manifest).map(({ label, weight }) => {
    const name = english(label);
    return `${percent(weight)} ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  });
  return members.length > 0 ? `a blend of ${members.slice(0, -1).join(', ')} and ${members.at(-1)}` : '';
}
