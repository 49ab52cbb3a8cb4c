import type { ExternalEvaluation } from '../../manifest/external.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { checklistTable } from './checklist.ts';
import { probastItems } from './probast.ts';
import { tripodItems } from './tripod.ts';

export { probastItems, tripodItems };

/** What a reviewer ticks: each item with its place in the card, what is known, or "not stated". */
export const checklistsSection = (manifest: Manifest, evaluations: readonly ExternalEvaluation[]): string =>
  [
    '## Checklists',
    'TRIPOD+AI (Collins et al. 2024, [BMJ 385:e078378](https://doi.org/10.1136/bmj-2023-078378)):',
    checklistTable(tripodItems, manifest, evaluations),
    "PROBAST (Wolff et al. 2019, [Annals of Internal Medicine 170:51](https://doi.org/10.7326/M18-1376)), the facts that its signalling questions ask for; the judgement is the reader's:",
    checklistTable(probastItems, manifest, evaluations),
  ].join('\n\n');
