import { rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client } from '#contract/contract.ts';
import { isFailure } from '#contract/errors.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { Job } from '#contract/jobs.ts';
import type { Keep, Watch } from '../keepData.ts';
import { enterBy } from '../platform/process/LocalDoor.ts';
import { Ended, exitCodes } from './exitCodes.ts';
import { failureWords } from './words.ts';

/** What is asked of the app that runs. */
type AppClient = Pick<Client, 'backup' | 'jobs'>;

/**
 * Has the Homeroom that runs on the data folder back up and restore, as a job of its owner's that the app writes into its audit log. Throws Ended
 * where it lets nobody in.
 */
export async function keepByApp(door: string, look: Keep['look']): Promise<{ keep: Keep; close(): Promise<void> }> {
	const entered = await enterBy(door);
	if (entered === null) {
		const message = 'Homeroom is running, but does not answer the command line. Close it: then this command works on the data folder itself.';
		throw new Ended(exitCodes.unreachable, 'UNREACHABLE', message);
	}
	const client: AppClient = createORPCClient(new RPCLink({ port: entered.port }));
	const keep: Keep = {
		async backUp({ to, isFolder, withModels, password }, watch) {
			const order = { folder: isFolder ? to : dirname(to), withModels, password };
			const { detail: made } = await done(client, () => client.backup.start(order), watch);
			if (!isFolder) await rename(made, to);
			const file = isFolder ? made : to;
			const [{ size }, { files }] = await Promise.all([stat(file), look(file, password)]);
			return { to: file, sizeBytes: size, files, unrecorded: null };
		},
		look,
		async restore(from, watch) {
			await done(client, () => client.backup.restore(from), watch);
			return { unrecorded: null };
		},
	};
	return { keep, close: async () => entered.close() };
}

/** Begins a job and waits for its end; Ctrl-C cancels it. Throws Ended where it came to another end, and the reason of `signal`. */
async function done(client: AppClient, begin: () => Promise<Job>, { signal, onProgress }: Watch): Promise<Job> {
	try {
		const { id } = await begin();
		const cancel = () => void client.jobs.cancel({ jobId: id }).catch(() => {});
		signal.addEventListener('abort', cancel);
		if (signal.aborted) cancel();
		for await (const jobs of await client.jobs.watch()) {
			const job = jobs.find((each) => each.id === id);
			if (job) onProgress(job.fraction);
			if (!job || !isJobOver(job.state)) continue;
			signal.throwIfAborted();
			if (job.state === 'completed') return job;
			throw endOf(job);
		}
		throw cutOff();
	} catch (error) {
		signal.throwIfAborted();
		throw error instanceof Ended || isFailure(error) ? error : cutOff();
	}
}

function endOf({ failure }: Job): Ended {
	if (failure === null) return new Ended(exitCodes.failed, 'CANCELLED', 'It was cancelled in Homeroom.');
	return new Ended(exitCodes.failed, failure.code, failureWords(failure.code, failure.data, failure.message), failure.data);
}

function cutOff(): Ended {
	return new Ended(exitCodes.unreachable, 'CUT_OFF', 'Homeroom closed before it was done. What it had begun goes on when it is opened again.');
}
