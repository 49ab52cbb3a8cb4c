import type { ExternalEvaluation } from '../manifest/external.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { isEvaluated } from '../manifest/stated.ts';
import { checklistsSection } from './checklists/index.ts';
import { classCalibrationSection, classesSection, setsSection } from './classes.ts';
import { dataSection, outcomeSection, predictorsSection, sampleSection } from './data.ts';
import { decisionSection } from './decision.ts';
import { externalSection } from './external.ts';
import { frontMatter } from './front-matter.ts';
import {
  calibrationSection,
  coverageSection,
  groupsSection,
  importanceSection,
  methodSection,
  quantilesSection,
  resultsSection,
  stagesSection,
  subgroupsSection,
} from './results.ts';
import {
  contributorsSection,
  limitsSection,
  openScienceSection,
  portugueseSection,
  summary,
  useSection,
} from './texts.ts';

/** In the order of TRIPOD+AI. */
const sections: ((manifest: Manifest, evaluations: readonly ExternalEvaluation[]) => string)[] = [
  useSection,
  dataSection,
  outcomeSection,
  predictorsSection,
  sampleSection,
  methodSection,
  evaluationSections,
  externalSection,
  limitsSection,
  openScienceSection,
  contributorsSection,
  checklistsSection,
  portugueseSection,
];

function evaluationSections(manifest: Manifest): string {
  if (!isEvaluated(manifest)) return '';
  const written = [
    resultsSection,
    classesSection,
    setsSection,
    coverageSection,
    quantilesSection,
    calibrationSection,
    classCalibrationSection,
    decisionSection,
    subgroupsSection,
    groupsSection,
    stagesSection,
    importanceSection,
  ];
  return joined(written.map((write) => write(manifest)));
}

export interface CardOptions {
  version: string;
  /** When this version was published (ISO 8601). */
  published?: string;
  /** Those that were made after it was published. */
  evaluations?: readonly ExternalEvaluation[];
}

/**
 * The model card in Markdown: metadata for the Hugging Face hub, then the items of TRIPOD+AI (Collins et al. 2024, BMJ 385:e078378).
 * All content comes from the manifest and the evaluations beside it; sections without content are left out.
 */
export function renderCard(
  manifest: Manifest,
  { version, published, evaluations = [] }: CardOptions,
): string {
  const parts = [
    summary(manifest, version, published, evaluations),
    ...sections.map((write) => write(manifest, evaluations)),
  ];
  return `${frontMatter(manifest, version)}\n\n${joined(parts)}\n`;
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n');
