import type { SearchSort } from './marketStore.ts';

/** The orders that results can stand in, the usual one first. */
export const sorts = ['trending', 'downloads', 'likes', 'recent'] as const satisfies readonly SearchSort[];
