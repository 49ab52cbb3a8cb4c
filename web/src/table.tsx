import type { ComponentChildren } from 'preact';

export interface TableProps {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ComponentChildren[] }[];
  /** How a phone shows the cells of a row: `beside` each other (numbers) or `below` each other (text). */
  narrow?: 'beside' | 'below';
}

/** A table with row headings. It scrolls on its own, also by keyboard, where it is too wide for the page. */
export function Table({ label, head, rows, narrow = 'beside' }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class={`table ${narrow}`} aria-label={label} tabIndex={0}>
      <table style={{ '--cells': head.length - 1 }}>
        <thead>
          <tr>
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {rest.map((cell, index) => (
                <td key={head[index + 1]} data-heading={head[index + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
