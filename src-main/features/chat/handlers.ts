import { contract } from '#contract/contract.ts';
import { failure } from '#contract/errors.ts';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
import { handlersFor, type Principal } from '../../platform/rpc/guard.ts';
import type { Chat } from './chat.ts';

/** @param uploadsFolder where files lie that were sent to the upload address. */
export function chatHandlers(chat: Chat, uploadsFolder: string) {
	const on = handlersFor(contract.chat);
	return on.router({
		list: on.list.handler(({ context }) => chat.list(context.principal.accountId)),
		create: on.create.handler(({ context, input }) => chat.create(context.principal.accountId, input.modelId)),
		get: on.get.handler(({ context, input }) => chat.get(context.principal.accountId, input.conversationId)),
		change: on.change.handler(({ context, input: { conversationId, ...changes } }) => chat.change(context.principal.accountId, conversationId, changes)),
		remove: on.remove.handler(({ context, input }) => chat.remove(context.principal.accountId, input.conversationId)),
		restore: on.restore.handler(({ context, input }) => chat.restore(context.principal.accountId, input.conversationId)),
		send: on.send.handler(({ context, input }) => chat.send(context.principal.accountId, input.conversationId, input.parentId, input.text)),
		regenerate: on.regenerate.handler(({ context, input }) => chat.regenerate(context.principal.accountId, input.messageId)),
		watch: on.watch.handler(async function* ({ context, input, signal }) {
			yield* chat.watch(context.principal.accountId, input.messageId, input.afterSeq, signal);
		}),
		stop: on.stop.handler(({ context, input }) => chat.stop(context.principal.accountId, input.messageId)),
		removeMessage: on.removeMessage.handler(({ context, input }) => chat.removeMessage(context.principal.accountId, input.messageId)),
		restoreMessage: on.restoreMessage.handler(({ context, input }) => chat.restoreMessage(context.principal.accountId, input.messageId)),
		previewImport: on.previewImport.handler(async function* ({ context, input }) {
			yield* chat.import(context.principal.accountId, { source: readable(context.principal, input), uploadsFolder, writes: false });
		}),
		import: on.import.handler(async function* ({ context, input }) {
			yield* chat.import(context.principal.accountId, { source: readable(context.principal, input), uploadsFolder, writes: true });
		}),
		export: on.export.handler(({ context, input }) => chat.export(context.principal.accountId, input.conversationId, input.format)),
	});
}

/** What lies on this machine, and at the upload address, is an administrator's to read: others send their files with the call. */
function readable<Source extends object>({ role }: Principal, source: Source): Source {
	if (!('files' in source) && role !== 'admin') throw failure('TOO_LARGE', { limitBytes: mostCallBytes });
	return source;
}
