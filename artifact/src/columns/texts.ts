import * as v from 'valibot';

/** The languages that every text of a model comes in (BCP 47). */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export const Texts = v.strictObject({ en: v.string(), 'pt-BR': v.string() });
export type Texts = v.InferOutput<typeof Texts>;

/** What a model says of itself to people: members of its data package, and of its manifest. */
export const modelTexts = {
  title: Texts,
  /** What the probability is the chance of, as it reads after "chance of". */
  outcome: Texts,
  /** How and when the outcome was established. */
  outcomeDefinition: v.optional(Texts),
  /** Who the training rows were. */
  population: Texts,
  /** When the training rows were collected. */
  dates: v.optional(Texts),
  intendedUse: Texts,
  notIntendedUse: Texts,
  /** What a reader of a prediction should bear in mind, one statement each. */
  limits: v.optional(v.array(Texts)),
  groups: v.array(v.strictObject({ name: v.string(), label: Texts })),
};
