import type { Column } from '@hearth/artifact';
import type { Fault } from './fault.ts';

export interface FieldProps<C extends Column = Column> {
  column: C;
  entry: string;
  fault: Fault | undefined;
  enter(text: string): void;
}
