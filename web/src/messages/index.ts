import type { Language } from '@hearth/artifact';
import { en, type Messages } from './en.ts';
import { ptBR } from './pt-br.ts';

export type { Messages } from './en.ts';
export const messages: Record<Language, Messages> = { en, 'pt-BR': ptBR };
