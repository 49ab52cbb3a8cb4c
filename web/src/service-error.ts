/** `offline`: this device is offline; `unreachable`: no usable reply; `failing`: a temporary error of the service; `refused`: invalid input. */
export type ServiceErrorKind = 'offline' | 'unreachable' | 'failing' | 'refused';

/** The members of an RFC 9457 problem that the page reads. */
interface Problem {
  title?: string;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** Why there is no answer. */
export class ServiceError extends Error {
  readonly kind: ServiceErrorKind;
  /** The explanation of the API, in English. */
  readonly details: readonly string[];

  constructor(kind: ServiceErrorKind, details: readonly string[] = [], options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
    this.details = details;
  }

  /** There was no usable reply. */
  static noReply(cause: unknown): ServiceError {
    return new ServiceError(navigator.onLine ? 'unreachable' : 'offline', [], { cause });
  }

  static fromProblem(status: number, problem: Problem | null): ServiceError {
    const kind = status >= 500 || status === 429 ? 'failing' : 'refused';
    const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`);
    const summary = problem?.detail ?? problem?.title ?? `HTTP ${status}`;
    return new ServiceError(kind, faults?.length ? faults : [summary]);
  }

  /** Whether a repeated request can succeed. */
  get isTemporary(): boolean {
    return this.kind !== 'refused';
  }
}

/** Loads a part of the page from a file of its own. @throws ServiceError, temporary, as if the API did not reply */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw ServiceError.noReply(cause);
  }
}
