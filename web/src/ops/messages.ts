import type { Language, PublicEntry } from '@hearth/artifact';

/** The texts of the operations view. */
export interface OpsMessages {
  instance(id: string, since: string): string;
  severalInstances(count: string): string;
  oneInstance: string;
  updated(time: string): string;
  inProduction: string;
  servedSince(time: string): string;
  noChampion: string;
  requests: string;
  perSecond(rate: string): string;
  inSeconds(requests: string, seconds: string): string;
  failures: string;
  refusedInput(count: string): string;
  latency: string;
  latencyRest(p95: string, p99: string): string;
  milliseconds(value: string): string;
  noRequests: string;
  spans(most: string): string;
  spansFrom: string;
  spansTo: string;
  comparison: string;
  champion: string;
  challenger: string;
  noChallenger: string;
  score: string;
  instances: string;
  instanceName: string;
  since: string;
  version: string;
  journal: string;
  time: string;
  what: string;
  before: string;
  actions: Record<PublicEntry['action'], string>;
  noJournal: string;
  refusals: string;
  noRefusals: string;
  degraded(version: string): string;
  down: string;
  unreadable: string;
}

const en: OpsMessages = {
  instance: (id, since) => `Instance ${id}, running since ${since}.`,
  severalInstances: (count) =>
    `${count} instances have answered this page. Each counts only its own requests; the figures are from the one that answered last.`,
  oneInstance:
    'Only this instance has answered so far; there may be others. It counts only its own requests.',
  updated: (time) => `Updated ${time}.`,
  inProduction: 'In production',
  servedSince: (time) => `since ${time}`,
  noChampion: 'No model in production.',
  requests: 'Requests',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} in the last ${seconds} s`,
  failures: 'Failed',
  refusedInput: (count) => `refused as invalid: ${count}`,
  latency: 'Median response time',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'no requests yet',
  spans: (most) => `Requests per 10 s; peak: ${most}.`,
  spansFrom: '5 minutes ago',
  spansTo: 'now',
  comparison: 'Champion and challenger',
  champion: 'Champion, in production',
  challenger: 'Challenger, newest version not in production',
  noChallenger: 'There is no other version.',
  score: 'Score',
  instances: 'Instances that answered this page',
  instanceName: 'Instance',
  since: 'Since',
  version: 'Version',
  journal: 'Journal',
  time: 'Time',
  what: 'Event',
  before: 'Previous',
  actions: {
    publish: 'published',
    promote: 'promoted',
    refuse: 'refused by the gate',
    rollback: 'rolled back to',
    found: 'found in production',
    prune: 'removed',
  },
  noJournal: 'No entries yet.',
  refusals: 'Refused versions',
  noRefusals: 'None since this instance started.',
  degraded: (version) => `Degraded: ${version} still serves.`,
  down: 'No model can serve.',
  unreadable: 'Part of it could not be read:',
};

const ptBR: OpsMessages = {
  instance: (id, since) => `Instância ${id}, em funcionamento desde ${since}.`,
  severalInstances: (count) =>
    `${count} instâncias responderam a esta página. Cada uma conta só as próprias requisições; os números são da que respondeu por último.`,
  oneInstance:
    'Só esta instância respondeu até agora; pode haver outras. Ela conta só as próprias requisições.',
  updated: (time) => `Atualizado em ${time}.`,
  inProduction: 'Em produção',
  servedSince: (time) => `desde ${time}`,
  noChampion: 'Nenhum modelo em produção.',
  requests: 'Requisições',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} nos últimos ${seconds} s`,
  failures: 'Falhas',
  refusedInput: (count) => `recusadas por dados inválidos: ${count}`,
  latency: 'Tempo mediano de resposta',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'nenhuma requisição ainda',
  spans: (most) => `Requisições a cada 10 s; pico: ${most}.`,
  spansFrom: 'há 5 minutos',
  spansTo: 'agora',
  comparison: 'Campeão e desafiante',
  champion: 'Campeão, em produção',
  challenger: 'Desafiante, a versão mais nova fora de produção',
  noChallenger: 'Não há outra versão.',
  score: 'Métrica',
  instances: 'Instâncias que responderam a esta página',
  instanceName: 'Instância',
  since: 'Desde',
  version: 'Versão',
  journal: 'Histórico',
  time: 'Quando',
  what: 'Evento',
  before: 'Anterior',
  actions: {
    publish: 'publicada',
    promote: 'promovida',
    refuse: 'recusada na promoção',
    rollback: 'posta de volta',
    found: 'encontrada em produção',
    prune: 'removida',
  },
  noJournal: 'Nenhum registro ainda.',
  refusals: 'Versões recusadas',
  noRefusals: 'Nenhuma desde o início desta instância.',
  degraded: (version) => `Operação degradada: ${version} continua respondendo.`,
  down: 'Nenhum modelo pode responder.',
  unreadable: 'Uma parte não pôde ser lida:',
};

export const opsMessages: Record<Language, OpsMessages> = { en, 'pt-BR': ptBR };
