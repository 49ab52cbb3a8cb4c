import type { Column, ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { type Entries, readEntries, usedColumns } from '../fields/entries.ts';
import { writeFragment } from '../link/fragment.ts';
import { answerText } from './answer.ts';
import { type EmbedField, fieldOf } from './fields.ts';
import { type Locale, localeOf } from './locale.ts';
import { style } from './style.ts';

/** Milliseconds without a change before the service is asked. */
const delay = 150;
/** So many fields are shown where the element does not name them, besides the required ones. */
const fewFields = 4;

/**
 * `<hearth-predictor src="https://hearth.example.org" fields="age,sex" lang="en">`: fields of the model that this server serves, and its
 * answer. Each answer is dispatched as an event `hearth-answer`, whose detail is what the API answered.
 */
export class HearthPredictor extends HTMLElement {
  static observedAttributes = ['src', 'model', 'fields', 'lang'];
  #shown = 0;
  #asked = 0;

  connectedCallback(): void {
    void this.#show();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) void this.#show();
  }

  /** The address of the server, without a slash at its end. */
  get #base(): string {
    return new URL(this.getAttribute('src') ?? '', document.baseURI).href.replace(/\/+$/, '');
  }

  /** The name of the model; empty for the one that the server answers by. */
  get #model(): string {
    return this.getAttribute('model') ?? '';
  }

  async #show(): Promise<void> {
    const mine = ++this.#shown;
    const locale = localeOf(this);
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const frame = make('div', 'frame');
    root.adoptedStyleSheets = [sheet()];
    if (!this.hasAttribute('src')) {
      root.replaceChildren(make('p', '', locale.words.noSource));
      return;
    }
    try {
      const model = await this.#request<ModelDescription>('/model');
      if (mine !== this.#shown) return; // an attribute has changed meanwhile
      frame.lang = locale.language;
      frame.append(...this.#parts(model, locale));
    } catch (error) {
      if (mine !== this.#shown) return;
      frame.append(make('p', '', locale.words.noReply));
      console.error(error);
    }
    root.replaceChildren(frame);
  }

  #parts(model: ModelDescription, locale: Locale): HTMLElement[] {
    const { text, words } = locale;
    const columns = this.#columns(model);
    const answer = make('div', 'answer');
    answer.setAttribute('role', 'status');
    const link = make('a', '', words.more);
    link.target = '_blank';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      const entries: Entries = Object.fromEntries([...fields].map(([name, field]) => [name, field.entry()]));
      const named = this.#model ? `?model=${encodeURIComponent(this.#model)}` : '';
      link.href = `${this.#base}/${named}${writeFragment({ view: 'page', entries })}`;
      clearTimeout(timer);
      timer = setTimeout(() => void this.#ask(model, fields, entries, answer, locale), delay);
    };
    const fields: Map<string, EmbedField> = new Map(
      columns.map((column) => [column.name, fieldOf(column, locale, ask)]),
    );
    const form = make('div', 'fields');
    form.append(...[...fields.values()].map(({ element }) => element));
    const whom = text(model.population);
    const notFor = text(model.notIntendedUse);
    ask();
    return [
      make('h2', '', text(model.title)),
      ...(whom ? [make('p', 'fine', `${words.basedOn}: ${whom}`)] : []),
      form,
      answer,
      ...(notFor ? [make('p', 'fine', notFor)] : []),
      wrapped(link),
    ];
  }

  /** Those that `fields` names, and all that are required; without the attribute the first ones. */
  #columns(model: ModelDescription): Column[] {
    const used = usedColumns(model);
    const named = this.getAttribute('fields')
      ?.split(',')
      .map((name) => name.trim());
    const first = used.filter(({ required }) => !required).slice(0, fewFields);
    return used.filter(
      (column) => column.required || (named ? named.includes(column.name) : first.includes(column)),
    );
  }

  async #ask(
    model: ModelDescription,
    fields: ReadonlyMap<string, EmbedField>,
    entries: Entries,
    place: HTMLElement,
    locale: Locale,
  ): Promise<void> {
    const mine = ++this.#asked;
    const { words } = locale;
    const { row, faults } = readEntries(usedColumns(model), entries);
    for (const [name, field] of fields) {
      const fault = faults[name];
      field.note(fault === undefined ? '' : fault === 'empty' ? words.required : words.check);
    }
    if (!row) {
      place.replaceChildren(make('p', '', words.needed));
      return;
    }
    try {
      const reply = await this.#request<Omit<ShownPrediction, 'given'>>('/predict', row);
      if (mine !== this.#asked) return; // an answer to older entries
      const shown = answerText(model, { ...reply, given: Object.keys(row) }, locale);
      place.className = `answer ${shown.headline}`;
      const largest = make('strong', 'number', shown.largest);
      const head = make('p');
      head.append(largest, ` ${shown.what}`);
      place.replaceChildren(head, ...shown.sentences.map((sentence) => make('p', 'fine', sentence)));
      this.dispatchEvent(new CustomEvent('hearth-answer', { detail: reply, bubbles: true, composed: true }));
    } catch (error) {
      if (mine !== this.#asked) return;
      place.replaceChildren(make('p', '', words.noReply));
      console.error(error);
    }
  }

  /** @throws if there is no answer */
  async #request<Reply>(path: string, body?: object): Promise<Reply> {
    const at = this.#model === '' ? '' : `/models/${encodeURIComponent(this.#model)}`;
    const response = await fetch(this.#base + at + path, {
      signal: AbortSignal.timeout(8_000),
      ...(body && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const reply = await response.json();
    if (!response.ok) throw new Error(`${path} is answered with ${response.status}: ${reply?.detail}`);
    return reply;
  }
}

/** Not an element: the policy of a page can refuse those. */
function sheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(style);
  return made;
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function wrapped(child: HTMLElement): HTMLElement {
  const paragraph = make('p', 'fine');
  paragraph.append(child);
  return paragraph;
}
