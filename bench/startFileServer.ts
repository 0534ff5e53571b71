import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const line = z.object({ url: z.string(), sha256: z.string(), sentBytes: z.number() });

/** Starts fileServer.ts. @param everyMs the time between two pieces of 1 MiB on one connection; 0: none. */
export async function startFileServer(sizeBytes: number, everyMs = 0) {
	const program = fileURLToPath(new URL('./fileServer.ts', import.meta.url));
	const child = spawn(process.execPath, [program, String(sizeBytes), String(everyMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
	const lines = createInterface(child.stdout);
	const next = async () => line.parse(JSON.parse(String((await once(lines, 'line'))[0])));
	const { url, sha256 } = await next();
	return {
		url,
		sha256,
		/** All that it has sent so far. */
		async sentBytes() {
			const answer = next();
			child.stdin.write('\n');
			return (await answer).sentBytes;
		},
		stop: () => void child.kill(),
	};
}
