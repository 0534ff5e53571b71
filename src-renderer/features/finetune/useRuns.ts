import type { Run } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { createLive } from '../../rpc/live.ts';

/** The reader's runs, newest first. */
export const useRuns = createLive<Run[]>((signal) => client.finetune.watchRuns(undefined, { signal }));
