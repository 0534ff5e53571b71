import type { Command } from '../Command.ts';
import { Ended, exitCodes } from '../exitCodes.ts';
import { sizeOf } from '../sizeOf.ts';
import { columns } from '../Terminal.ts';
import { failureWords } from '../words.ts';

export const health: Command = {
	name: 'health',
	words: '',
	summary: 'tells whether Homeroom is well: its process, database, disk and models',
	options: {},
	async run({ client, terminal }) {
		const found = await (await client()).call('health', 'check', undefined);
		const { status, system } = found;
		const rows = system && [
			['version', system.version],
			['open for', `${system.uptime_seconds} s`],
			['memory', sizeOf(system.process.memory_bytes)],
			['database', `${system.database.is_ok ? 'ok' : 'NOT OK'}, ${sizeOf(system.database.size_bytes)}`],
			['disk', `${system.disk.is_ok ? 'ok' : 'NOT OK'}, ${sizeOf(system.disk.free_bytes)} free of ${sizeOf(system.disk.total_bytes)}`],
			...system.deployments.map(({ model, state, active_requests, failure }) => [
				model,
				`${state}${failure ? ` (${failureWords(failure, { name: model }, failure)})` : ''}, ${active_requests} requests`,
			]),
		];
		terminal.result(found, [status, ...(rows ? [columns(rows)] : [])].join('\n'));
		if (status !== 'ok') throw new Ended(exitCodes.failed, 'DEGRADED', 'Something is not well.');
	},
};
