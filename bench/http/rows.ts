import { kindOf, type ModelDescription } from '@hearth/artifact';

/** A row of the middle of what the server's model has seen, and the model. */
export async function middleRow(url: string): Promise<{ row: Record<string, unknown>; model: string }> {
  const { columns, version } = (await (await fetch(`${url}/model`)).json()) as ModelDescription;
  const cells = columns.map((column) => [column.name, kindOf(column).example(column)]);
  return { row: Object.fromEntries(cells), model: version };
}
