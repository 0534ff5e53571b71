import { contract } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import type { Paths } from '../../platform/paths/paths.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import { readLicences } from './readLicences.ts';
import type { HostServices } from './system.ts';

export function systemHandlers(host: HostServices, paths: Paths) {
	const on = handlersFor(contract.system);
	return on.router({
		info: on.info.handler(() => ({ version: host.version, host: host.kind, platform: process.platform, dataFolder: paths.data, logFolder: paths.logs })),
		licences: on.licences.handler(() => readLicences(paths.licences)),
		pickModelFile: on.pickModelFile.handler(async () => ({ path: await inDesktop(host.pickModelFile)() })),
		openLink: on.openLink.handler(async ({ input }) => ({ opened: await inDesktop(host.openLink)(input.url) })),
		showDataFolder: on.showDataFolder.handler(() => inDesktop(host.showDataFolder)()),
	});
}

function inDesktop<Act>(act: Act | undefined): Act {
	if (act === undefined) throw failure('NOT_HERE', {});
	return act;
}
