/** `offline`: this device is; `unreachable`: no usable answer came; `failing`: the service says it cannot now; `refused`: it will not, for this input. */
export type TroubleKind = 'offline' | 'unreachable' | 'failing' | 'refused';

/** RFC 9457, as the API writes it. */
interface Problem {
  title?: string;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** Why there is no answer. */
export class Trouble extends Error {
  readonly kind: TroubleKind;
  /** What the API said about it, in its words. */
  readonly details: readonly string[];

  constructor(kind: TroubleKind, details: readonly string[] = [], options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
    this.details = details;
  }

  static fromProblem(status: number, problem: Problem | null): Trouble {
    const kind = status >= 500 || status === 429 ? 'failing' : 'refused';
    const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`);
    const summary = problem?.detail ?? problem?.title ?? `HTTP ${status}`;
    return new Trouble(kind, faults?.length ? faults : [summary]);
  }

  /** Whether asking the same again can help. */
  get passes(): boolean {
    return this.kind !== 'refused';
  }
}
