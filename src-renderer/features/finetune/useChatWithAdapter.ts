import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Adapter } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { notifyError } from '../../ui/notify.ts';

/** Begins a conversation that is answered by the adapter's model with the adapter at its full strength, and goes there. */
export function useChatWithAdapter(): { begin: (adapter: Pick<Adapter, 'id' | 'modelId'>) => Promise<void>; isBusy: boolean } {
	const navigate = useNavigate();
	const [isBusy, setBusy] = useState(false);
	const begin = async ({ id, modelId }: Pick<Adapter, 'id' | 'modelId'>) => {
		setBusy(true);
		try {
			const conversation = await client.chat.create({ modelId });
			await client.chat.change({ conversationId: conversation.id, adapter: { id, scale: 1 } });
			await navigate(`/chat/${conversation.id}`);
		} catch (error) {
			notifyError(error);
		} finally {
			setBusy(false);
		}
	};
	return { begin, isBusy };
}
