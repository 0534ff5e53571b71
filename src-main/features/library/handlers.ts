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
		importPath: on.importPath.handler(({ context, input }) => library.importPath(context.principal.accountId, input.path, input.mode)),
		importUpload: on.importUpload.handler(({ input }) => library.importUpload(input.uploadId, input.fileName)),
		stores: on.stores.handler(() => library.stores()),
		importStored: on.importStored.handler(({ input }) => library.importStored(input.ids)),
		remove: on.remove.handler(({ input }) => library.remove(input.modelIds, input.deleteFiles)),
		change: on.change.handler(({ input }) => library.change(input.modelId, input)),
		refresh: on.refresh.handler(({ input }) => library.refresh(input.modelId)),
		relocate: on.relocate.handler(({ input }) => library.relocate(input.modelId, input.path)),
		verify: on.verify.handler(({ context, input }) => library.verify(context.principal.accountId, input.modelIds)),
		exportTo: on.exportTo.handler(({ context, input }) => library.exportTo(context.principal.accountId, input.modelIds, input.folder)),
		importFrom: on.importFrom.handler(({ context, input }) => library.importFrom(context.principal.accountId, input.folder)),
		disk: on.disk.handler(() => library.disk()),
		writeTestModel: on.writeTestModel.handler(() => library.writeTestModel()),
	});
}
