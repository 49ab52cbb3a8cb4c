import * as v from 'valibot';

/** The languages of all texts of a model (BCP 47). */
export const languages = ['en', 'pt-BR'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export const Texts = v.strictObject({ en: v.string(), 'pt-BR': v.string() });
export type Texts = v.InferOutput<typeof Texts>;

/** The texts about a model: members of its data package and of its manifest. */
export const modelTexts = {
  title: Texts,
  /** The event or the quantity that is predicted, as it reads after "probability of" or "expected". */
  outcome: Texts,
  /** How and when the outcome was determined. */
  outcomeDefinition: v.optional(Texts),
  /** The people or things in the training rows. */
  population: Texts,
  /** When the training rows were collected. */
  dates: v.optional(Texts),
  intendedUse: Texts,
  notIntendedUse: Texts,
  /** Limits of the predictions, one statement each. */
  limits: v.optional(v.array(Texts)),
  groups: v.array(v.strictObject({ name: v.string(), label: Texts })),
};
