import { failure } from '#contract/errors.ts';
import { finetuneAdapters } from '#contract/finetune.ts';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
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
		importAdapter: on.importAdapter.handler(({ context, input: { file, path, uploadId = '', ...order } }) => {
			// As the upload address does, which others may not send to; what lies on this machine is an administrator's to read.
			if (path !== undefined && context.principal.role !== 'admin') throw failure('TOO_LARGE', { limitBytes: mostCallBytes });
			const source = file ? { file } : path === undefined ? { uploadId } : { path };
			return adapters.import(context.principal.accountId, { source, ...order });
		}),
		exportAdapter: on.exportAdapter.handler(({ context, input }) => adapters.export(context.principal.accountId, input.adapterId)),
		mergeAdapter: on.mergeAdapter.handler(({ context, input: { adapterId, ...order } }) => adapters.merge(context.principal.accountId, adapterId, order)),
	});
}
