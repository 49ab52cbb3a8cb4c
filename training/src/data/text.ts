import { Texts } from '@hearth/artifact';
import * as v from 'valibot';

/** A text of a data package: `{"en": …, "pt-BR": …}`, one of them, or only a string, which is then shown for both languages. */
export const Text = v.pipe(
  v.unknown(),
  v.transform((text) => (typeof text === 'string' ? { en: text } : text)),
  Texts,
);
