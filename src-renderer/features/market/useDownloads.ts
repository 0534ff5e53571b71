import type { Download } from '#contract/market.ts';
import { client } from '../../rpc/client.ts';
import { createLive } from '../../rpc/live.ts';

/** The reader's downloads and repairs with their live figures. */
export const useDownloads = createLive<Download[]>((signal) => client.market.watch(undefined, { signal }));
