import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';

/** A section of the report: title, drawing, and a note on how to read it. */
export const figure = (title: string, drawing: ElementContent, note?: string): Element =>
  h('section', [h('h2', title), h('figure', [drawing, ...(note ? [h('figcaption', note)] : [])])]);
