import type { Language } from '@hearth/artifact';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { ptBR } from './pt-br.ts';

export type { Messages } from './messages.ts';
export const messages: Record<Language, Messages> = { en, 'pt-BR': ptBR };
