import type { ModelDescription } from '@hearth/artifact';

export interface ViewProps {
  model: ModelDescription;
}
