import type { Column, ModelDescription, Row } from '@hearth/artifact';

export interface CurveViewProps {
  model: ModelDescription;
  /** The row of the answer; the curve varies one column of it. Undefined while a required column has no value: then no curve is drawn. */
  row: Row | undefined;
  /** False while the service does not answer: then no curve is drawn, because it would be outdated. */
  isAnswered: boolean;
  /** The column at the top of the page. */
  lead: string | undefined;
  /** The class whose chance is drawn, of several. */
  of: string | undefined;
  enter(name: string, entry: string): void;
}

export interface PlotViewProps extends Pick<CurveViewProps, 'model' | 'row' | 'isAnswered' | 'of'> {
  column: Column;
  enter(entry: string): void;
}
