import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useMay } from '../../rpc/useMe.ts';
import type { Act } from '../../ui/Act.ts';
import { readConversations, useChat } from './chatStore.ts';
import { useBeginConversation } from './useBeginConversation.ts';

const mostRecent = 4;

/** What chat offers from everywhere: a new conversation, and the last ones. */
export function useChatActs(): Act[] {
	const mayChat = useMay('user');
	const begin = useBeginConversation();
	const navigate = useNavigate();
	const heads = useChat((state) => state.heads);
	useEffect(() => {
		if (mayChat) void readConversations();
	}, [mayChat]);
	if (!mayChat) return [];
	const recent = (heads ?? []).filter(({ leafId }) => leafId !== null).slice(0, mostRecent);
	return [
		{
			id: 'chat.begin',
			kind: 'act',
			label: (t) => t('chat:begin'),
			detail: (t) => t('app:nav.chat'),
			also: (t) => t('synonyms:act.newChat'),
			run: () => begin(),
		},
		...recent.map(
			({ id, title }): Act => ({
				...{ id: `chat.recent.${id}`, kind: 'recent', label: (t) => title || t('chat:untitled') },
				...{ detail: (t) => t('app:nav.chat'), run: () => navigate(`/chat/${id}`) },
			}),
		),
	];
}
