import { contract } from '#contract/contract.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Library } from './library.ts';

/** Answers the contract's `library`. The list is the same for all: models belong to the machine, not to an account. */
export function libraryHandlers(library: Library) {
	const on = handlersFor(contract.library);
	return on.router({
		list: on.list.handler(() => library.list()),
		watch: on.watch.handler(async function* ({ signal }) {
			yield* library.watch(signal);
		}),
		importFile: on.importFile.handler(({ input }) => library.importFile(input.path)),
		importUpload: on.importUpload.handler(({ input }) => library.importUpload(input.uploadId, input.fileName)),
		remove: on.remove.handler(async ({ input }) => ({ freedBytes: await library.remove(input.modelId, input.deleteFile) })),
		writeTestModel: on.writeTestModel.handler(() => library.writeTestModel()),
	});
}
