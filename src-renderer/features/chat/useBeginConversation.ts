import { useNavigate } from 'react-router';
import { useDeployments, useModels, useOfferedRoutes } from '../../rpc/live.ts';
import { beginConversation, keepDraft } from './chatStore.ts';
import { modelChoices } from './modelChoices.ts';

/** Gives what begins a conversation with the model nearest at hand, with a first draft if one is named, and goes there. */
export function useBeginConversation(): (draft?: string) => Promise<void> {
	const navigate = useNavigate();
	const { value: models } = useModels();
	const { value: deployments } = useDeployments();
	const { value: routes } = useOfferedRoutes();
	return async (draft) => {
		const nearest = modelChoices(models ?? [], deployments ?? []).find((choice) => choice.state !== 'missing');
		const conversationId = await beginConversation(nearest?.model.id ?? routes?.find(({ isUp }) => isUp)?.id ?? null);
		if (conversationId === null) return;
		if (draft !== undefined) keepDraft(conversationId, draft);
		await navigate(`/chat/${conversationId}`);
	};
}
