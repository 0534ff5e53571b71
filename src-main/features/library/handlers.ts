import { contract } from '#contract/contract.ts';
import type { Model } from '#contract/library.ts';
import { handlersFor, type Principal } from '../../platform/rpc/guard.ts';
import type { Library } from './library.ts';

/**
 * Answers the contract's `library`. Models belong to the machine, not to an account; each caller sees those it may use.
 *
 * @param usableBy which models an account may use, as it is now.
 */
export function libraryHandlers(library: Library, usableBy: (accountId: string) => (modelId: string) => boolean) {
	const on = handlersFor(contract.library);
	const visible = ({ principal }: { principal: Principal }, models: Model[]) => {
		const mayUse = usableBy(principal.accountId);
		return models.filter(({ id }) => mayUse(id));
	};
	return on.router({
		list: on.list.handler(({ context }) => visible(context, library.list())),
		watch: on.watch.handler(async function* ({ context, signal }) {
			for await (const models of library.watch(signal)) yield visible(context, models);
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
		addDemo: on.addDemo.handler(() => library.addDemo()),
	});
}
