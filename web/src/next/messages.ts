import type { Language } from '@hearth/artifact';

/** The texts of what to add next. */
const en = {
  title: 'What would help most',
  /** `now`: the width of the range with its unit. */
  width: (now: string) =>
    `The range is ${now} wide now. Of the fields left blank, these are expected to narrow it most:`,
  entropy: 'Of the fields left blank, these are expected to settle it most:',
  expected: (width: string) => `to about ${width}`,
  points: (points: string) => `${points} percentage points`,
};

const ptBR: typeof en = {
  title: 'O que mais ajudaria',
  width: (now) =>
    `A faixa tem hoje ${now} de largura. Entre os campos em branco, estes devem estreitá-la mais:`,
  entropy: 'Entre os campos em branco, estes devem esclarecer mais:',
  expected: (width) => `para cerca de ${width}`,
  points: (points) => `${points} pontos percentuais`,
};

export const nextMessages: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
