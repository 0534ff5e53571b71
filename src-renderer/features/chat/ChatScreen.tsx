import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useModels } from '../../rpc/live.ts';
import { useConnection } from '../../rpc/useConnection.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useAim } from '../../ui/useAim.ts';
import { ConversationList } from './ConversationList.tsx';
import { ConversationPane } from './ConversationPane.tsx';
import { forgetError, openConversation, readConversations, useChat } from './chatStore.ts';
import { keepChatDrafts } from './keepChatDrafts.ts';
import { useBeginConversation } from './useBeginConversation.ts';

/** Conversations with a local model: the list at the side, the open one in the middle. The address says which is open. */
export function ChatScreen() {
	const { conversationId = null } = useParams();
	const heads = useChat((state) => state.heads);
	const { t } = useTranslation('chat');
	const begin = useBeginConversation();
	const areModelsKnown = useModels().value !== null;
	useEffect(keepChatDrafts, []);
	useOpenFromAddress(conversationId);
	useAim(['example'], heads !== null && areModelsKnown, () => begin(t('examples.explain.prompt')));
	return (
		<Box sx={{ height: '100%', display: 'flex', minWidth: 0 }}>
			<ConversationList openId={conversationId} />
			<Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
				{conversationId === null ? heads?.length === 0 ? <NoConversations /> : <ListError /> : <ConversationPane key={conversationId} />}
			</Box>
		</Box>
	);
}

/** Keeps the store at the conversation of the address; without one goes to the newest, and reads everything again after a lost connection. */
function useOpenFromAddress(conversationId: string | null): void {
	const navigate = useNavigate();
	const [asked] = useSearchParams();
	const isForExample = asked.has('example');
	const newestId = useChat((state) => state.heads?.[0]?.id ?? null);
	const isLost = useConnection(({ state }) => state === 'lost');
	useEffect(() => {
		if (!isLost) void readConversations();
	}, [isLost]);
	useEffect(() => {
		if (!isLost) void openConversation(conversationId);
	}, [conversationId, isLost]);
	useEffect(() => {
		if (conversationId === null && newestId !== null && !isForExample) void navigate(`/chat/${newestId}`, { replace: true });
	}, [conversationId, newestId, isForExample, navigate]);
	useEffect(() => () => void openConversation(null), []);
}

function NoConversations() {
	const { t } = useTranslation('chat');
	const begin = useBeginConversation();
	return (
		<EmptyState icon={<ChatIcon />} title={t('empty.title')} text={t('empty.text')}>
			<Button variant="contained" onClick={() => void begin()}>
				{t('begin')}
			</Button>
			<Button variant="outlined" onClick={() => void begin(t('examples.explain.prompt'))}>
				{t('examples.explain.label')}
			</Button>
			<ListError />
		</EmptyState>
	);
}

function ListError() {
	const error = useChat((state) => state.error);
	return <ErrorNotice error={error} onClose={forgetError} sx={{ m: 3 }} />;
}
