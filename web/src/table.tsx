import type { ComponentChildren } from 'preact';

export interface TableProps {
  label: string;
  head: readonly string[];
  rows: readonly { key: string; cells: readonly ComponentChildren[] }[];
  /** How the cells of a row stand under its heading on a phone: `beside` each other, as numbers do, or `below` each other, as words do. */
  narrow?: 'beside' | 'below';
}

/** A table with a heading for each row; where it is wider than its place it scrolls by itself, by keyboard too. */
export function Table({ label, head, rows, narrow = 'beside' }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
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
