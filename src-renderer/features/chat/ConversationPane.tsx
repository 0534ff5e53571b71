import MoreIcon from '@mui/icons-material/MoreHoriz';
import TuneIcon from '@mui/icons-material/Tune';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useModels, useOfferedRoutes } from '../../rpc/live.ts';
import { useAdaptersOf } from '../../rpc/useAdapters.ts';
import { AdapterPicker } from '../../ui/AdapterPicker.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useAim } from '../../ui/useAim.ts';
import { Composer } from './Composer.tsx';
import { ConversationMenu } from './ConversationMenu.tsx';
import { changeConversation, forgetError, keepDraft, showSibling, stopAnswer, type Thread, useChat } from './chatStore.ts';
import { ModelPicker } from './ModelPicker.tsx';
import { SettingsDrawer } from './SettingsDrawer.tsx';
import { selectBranch } from './selectBranch.ts';
import { ThreadView } from './ThreadView.tsx';
import { TitleField } from './TitleField.tsx';

/** The open conversation: its head, the branch that is shown, and where the next message is written. */
export function ConversationPane() {
	const thread = useChat((state) => state.thread);
	const error = useChat((state) => state.error);
	const branch = useMemo(() => (thread ? selectBranch(thread.messages, thread.conversation.leafId) : []), [thread]);
	const streaming = thread?.messages.find((message) => message.status === 'streaming') ?? null;
	useStopOnEscape(streaming?.id ?? null);
	const [aimedId, setAimedId] = useState<string | null>(null);
	useAim(['message'], thread !== null, ({ message }) => {
		setAimedId(message);
		const isThere = thread?.messages.some(({ id }) => id === message);
		if (message !== null && isThere && !branch.some((entry) => entry.message.id === message)) void showSibling(message);
	});
	const notice = <ErrorNotice error={error} onClose={forgetError} />;
	if (!thread) return <Box sx={{ p: 3 }}>{notice}</Box>;
	return (
		<>
			<PaneHead conversation={thread.conversation} />
			{branch.length > 0 ? (
				<ThreadView branch={branch} modelId={thread.conversation.modelId} isAnswering={streaming !== null} aimedId={aimedId} />
			) : (
				<FirstStep conversationId={thread.conversation.id} />
			)}
			{/* The same gutters as the thread's, so that both columns stand on one line. */}
			<Box sx={{ flex: 'none', overflow: 'hidden', scrollbarGutter: 'stable both-edges' }}>
				<Box sx={{ px: 3, pb: 2, width: '100%', maxWidth: 808, mx: 'auto', display: 'flex', flexDirection: 'column', gap: 1 }}>
					{notice}
					<Composer conversation={thread.conversation} branch={branch} streamingId={streaming?.id ?? null} />
				</Box>
			</Box>
		</>
	);
}

function PaneHead({ conversation }: { conversation: Thread['conversation'] }) {
	const { t } = useTranslation('chat');
	const [isRenaming, setRenaming] = useState(false);
	const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
	const [areSettingsOpen, setSettingsOpen] = useState(false);
	const adapters = useAdaptersOf(conversation.modelId);
	// Without its model nothing can be said of an adapter: it is there again with it.
	const isModelHere = useModels().value?.some(({ id }) => id === conversation.modelId) ?? false;
	const title = conversation.title || t('untitled');
	return (
		<Box sx={{ flex: 'none', minHeight: 64, px: 3, display: 'flex', alignItems: 'center', gap: 1, borderBottom: 1, borderColor: 'divider' }}>
			<Box sx={{ flex: 1, minWidth: 0, display: 'flex' }}>
				{isRenaming ? (
					<TitleField title={conversation.title} conversationId={conversation.id} onDone={() => setRenaming(false)} />
				) : (
					<Typography variant="h2" noWrap dir="auto" title={title}>
						{title}
					</Typography>
				)}
			</Box>
			<ModelPicker modelId={conversation.modelId} onPick={(modelId) => void changeConversation(conversation.id, { modelId })} />
			{isModelHere && (
				<AdapterPicker choices={adapters} value={conversation.adapter} onPick={(adapter) => void changeConversation(conversation.id, { adapter })} />
			)}
			<Tooltip title={t('settings.title')}>
				<IconButton aria-label={t('settings.title')} onClick={() => setSettingsOpen(true)}>
					<TuneIcon fontSize="small" />
				</IconButton>
			</Tooltip>
			<IconButton aria-label={t('list.menu', { title })} aria-haspopup="menu" onClick={(event) => setMenuAt(event.currentTarget)}>
				<MoreIcon fontSize="small" />
			</IconButton>
			<ConversationMenu anchor={menuAt} conversationId={conversation.id} title={title} onClose={() => setMenuAt(null)} onRename={() => setRenaming(true)} />
			<SettingsDrawer open={areSettingsOpen} conversation={conversation} onClose={() => setSettingsOpen(false)} />
		</Box>
	);
}

const exampleNames = ['explain', 'translate', 'quiz'] as const;

/** What an empty conversation offers: examples to begin with, or the way to a first model. */
function FirstStep({ conversationId }: { conversationId: string }) {
	const { t } = useTranslation('chat');
	const { value: models } = useModels();
	const { value: routes } = useOfferedRoutes();
	if (models?.length === 0 && routes?.length === 0) {
		return (
			<EmptyState title={t('noModel.title')} text={t('noModel.text')}>
				<Button variant="contained" component={Link} to="/models">
					{t('noModel.go')}
				</Button>
			</EmptyState>
		);
	}
	return (
		<EmptyState title={t('first.title')} text={t('first.text')}>
			{exampleNames.map((name) => (
				<Button key={name} variant="outlined" color="inherit" size="small" onClick={() => keepDraft(conversationId, t(`examples.${name}.prompt`))}>
					{t(`examples.${name}.label`)}
				</Button>
			))}
		</EmptyState>
	);
}

/** Escape stops the answer, wherever the keyboard is, unless a menu or dialog takes the key for itself. */
function useStopOnEscape(streamingId: string | null): void {
	useEffect(() => {
		if (streamingId === null) return;
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) void stopAnswer(streamingId);
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, [streamingId]);
}
