import type { Snapshot } from '#contract/monitor.ts';
import { client } from '../../rpc/client.ts';
import { createLive } from '../../rpc/live.ts';

/** How it is now, while somebody looks at it. */
export const useSnapshot = createLive<Snapshot>((signal) => client.monitor.watch(undefined, { signal }));
