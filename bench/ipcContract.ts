import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { contract } from '#contract/contract.ts';
import { procedure } from '#contract/define.ts';

/** The app's contract with what the benches add to it; the product has none of these. */
export const ipcContract = {
	...contract,
	bench: {
		/** Answers with what it was given, as the smallest call there is. */
		echo: procedure('viewer')
			.input(z.strictObject({ value: z.number() }))
			.output(z.number()),
		/** The same for whoever is not signed in. */
		openEcho: procedure('nobody')
			.input(z.strictObject({ value: z.number() }))
			.output(z.number()),
		/** As many pieces as asked: as fast as the reader takes them, or one every so many milliseconds. `sentAt` is in epoch milliseconds. */
		pieces: procedure('viewer')
			.input(z.strictObject({ count: z.number().int(), everyMs: z.number().int() }))
			.output(eventIterator(z.object({ seq: z.number(), text: z.string(), sentAt: z.number() }))),
		/** The delay of the main process's event loop since it was last asked, in milliseconds. */
		loopDelay: procedure('viewer').output(z.object({ p50: z.number(), p99: z.number(), max: z.number() })),
	},
};

/** What the bench asks of the page. Times are in milliseconds. */
export interface IpcPage {
	/** Round trips of `count` calls, one after another. */
	calls(count: number): Promise<number[]>;
	/** Of a stream of `count` pieces, one every `everyMs` (0: as fast as they go): how long each was under way, and how long all took. */
	pieces(count: number, everyMs: number): Promise<{ lags: number[]; totalMs: number; inOrder: boolean }>;
	/** Follows an answer to its end, as the Chat screen does; the number of pieces seen. */
	follow(messageId: string): Promise<number>;
	/** The delay of the main process's event loop since it was last asked. */
	loopDelay(): Promise<{ p50: number; p99: number; max: number }>;
}
