import { HearthPredictor } from './predictor.ts';

if (!customElements.get('hearth-predictor')) customElements.define('hearth-predictor', HearthPredictor);
