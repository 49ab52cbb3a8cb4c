import type { Status } from '@hearth/artifact';
import { ask } from '../api.ts';

export const fetchStatus = () => ask<Status>('/status');
