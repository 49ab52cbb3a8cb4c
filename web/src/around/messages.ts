import type { Language } from '@hearth/artifact';

/** The texts of the prevalence and of the comparison of two cases. */
const en = {
  prevalence: 'Where do you ask?',
  inData: (outcome: string, share: string, cases: string) =>
    `In the data: ${outcome} in ${share} of 100 ${cases}. Where it is more or less common among those you ask about, the chance is another.`,
  asked: (outcome: string, cases: string) => `Of 100 ${cases} asked about here, with ${outcome}`,
  notPopulation:
    'Not of the whole population: of those for whom this question comes up. This assumes that those with and those without the outcome look as they did in the data.',
  asInData: 'As in the data',
  fault: 'Enter a number above 0 and below 100.',
  compare: 'Compare with another case',
  keep: 'Keep this case',
  keepHint: 'Keep what is entered, then change anything: both results stay in view, and in the link.',
  kept: 'Kept case',
  here: 'This case',
  twoCases:
    'These are two different cases. The difference is not the effect of changing one of these values.',
  remove: 'Stop comparing',
  replace: 'Keep this one instead',
  difference: 'What differs',
  same: 'Nothing differs yet.',
  notGiven: 'Not given',
};

const ptBR: typeof en = {
  prevalence: 'Onde você pergunta?',
  inData: (outcome, share, cases) =>
    `Nos dados: ${outcome} em ${share} de cada 100 ${cases}. Onde isso é mais ou menos comum entre aqueles sobre quem você pergunta, a chance é outra.`,
  asked: (outcome, cases) => `De 100 ${cases} avaliados aqui, com ${outcome}`,
  notPopulation:
    'Não da população inteira: daqueles para quem a pergunta se coloca. Supõe-se que os casos com e sem o desfecho se pareçam com os dos dados.',
  asInData: 'Como nos dados',
  fault: 'Digite um número maior que 0 e menor que 100.',
  compare: 'Comparar com outro caso',
  keep: 'Guardar este caso',
  keepHint: 'Guarde o que foi preenchido e mude o que quiser: os dois resultados ficam à vista, e no link.',
  kept: 'Caso guardado',
  here: 'Este caso',
  twoCases: 'São dois casos diferentes. A diferença não é o efeito de mudar um destes valores.',
  remove: 'Parar de comparar',
  replace: 'Guardar este no lugar',
  difference: 'O que difere',
  same: 'Ainda não há diferença.',
  notGiven: 'Não informado',
};

export const aroundMessages: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
