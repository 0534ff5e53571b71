import { useMe } from '../../rpc/useMe.ts';
import { keepInTab } from '../../ui/keepInTab.ts';
import { useChat } from './chatStore.ts';

/** Keeps what is written and not sent, by conversation, with the page's tab, so that a page that is loaded anew has it again. */
export function keepChatDrafts(): void {
	const me = useMe.getState().me;
	if (me === null) return;
	keepInTab<Record<string, string>>({
		...{ key: 'homeroom.chatDrafts', ownerId: me.id },
		// An answer that is streamed in changes the store many times a second.
		subscribe: (listener) => useChat.subscribe((now, before) => now.drafts !== before.drafts && listener()),
		read() {
			const written = Object.entries(useChat.getState().drafts).filter(([, text]) => text !== '');
			return written.length === 0 ? [] : [Object.fromEntries(written)];
		},
		restore: (kept) => useChat.setState(({ drafts }) => ({ drafts: { ...kept, ...drafts } })),
	});
}
