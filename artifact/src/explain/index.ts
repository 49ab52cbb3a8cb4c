export { createExplainer, type Explainer, globalImportance } from './shap.ts';
