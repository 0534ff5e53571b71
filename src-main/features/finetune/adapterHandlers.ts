import { finetuneAdapters } from '#contract/finetune.ts';
import { handlersFor } from '../../platform/rpc/guard.ts';
import type { Adapters } from './Adapters.ts';

export function adapterHandlers(adapters: Adapters) {
	const on = handlersFor(finetuneAdapters);
	return on.router({
		watchAdapters: on.watchAdapters.handler(async function* ({ context, signal }) {
			yield* adapters.watch(context.principal.accountId, signal);
		}),
		changeAdapter: on.changeAdapter.handler(({ context, input }) =>
			adapters.change(context.principal.accountId, input.adapterId, input, context.principal.role === 'admin'),
		),
		removeAdapter: on.removeAdapter.handler(({ context, input }) => adapters.remove(context.principal.accountId, input.adapterId)),
		restoreAdapter: on.restoreAdapter.handler(({ context, input }) => adapters.restore(context.principal.accountId, input.adapterId)),
		importAdapter: on.importAdapter.handler(({ context, input: { file, uploadId = '', ...order } }) =>
			adapters.import(context.principal.accountId, { source: file ? { file } : { uploadId }, ...order }),
		),
		exportAdapter: on.exportAdapter.handler(({ context, input }) => adapters.export(context.principal.accountId, input.adapterId)),
		mergeAdapter: on.mergeAdapter.handler(({ context, input: { adapterId, ...order } }) => adapters.merge(context.principal.accountId, adapterId, order)),
	});
}
