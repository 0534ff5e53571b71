import SendIcon from '@mui/icons-material/ArrowUpward';
import StopIcon from '@mui/icons-material/Stop';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputBase from '@mui/material/InputBase';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextMeter } from './ContextMeter.tsx';
import { keepDraft, sendMessage, stopAnswer, type Thread, useChat } from './chatStore.ts';
import type { BranchEntry } from './selectBranch.ts';
import { sendsDraft } from './sendsDraft.ts';
import { useCostWords } from './useCostWords.ts';
import { usePromptTokens } from './usePromptTokens.ts';

interface Props {
	conversation: Thread['conversation'];
	branch: readonly BranchEntry[];
	/** The answer being written, if there is one: then the button stops it, and the draft waits. */
	streamingId: string | null;
}

/** Where the next message is written. Enter sends, Shift+Enter makes a new line; typing goes on while an answer is written. */
export function Composer({ conversation, branch, streamingId }: Props) {
	const { t } = useTranslation('chat');
	const draft = useChat((state) => state.drafts[conversation.id] ?? '');
	const footId = useId();
	const isSending = useRef(false);
	// An answer comes after a message and a message after an answer; one that was never answered is answered or edited first.
	const isUnanswered = streamingId === null && branch.at(-1)?.message.role === 'user';
	const canSend = draft.trim() !== '' && streamingId === null && !isUnanswered;

	const send = async () => {
		if (!canSend || isSending.current) return;
		isSending.current = true;
		keepDraft(conversation.id, '');
		const wasSent = await sendMessage(branch.at(-1)?.message.id ?? null, draft);
		isSending.current = false;
		// What could not be sent comes back, before whatever was typed meanwhile.
		if (!wasSent) keepDraft(conversation.id, draft + (useChat.getState().drafts[conversation.id] ?? ''));
	};
	return (
		<Box>
			<Box
				sx={{
					display: 'flex',
					alignItems: 'flex-end',
					gap: 1,
					p: 1,
					pl: 2,
					border: 1,
					borderColor: 'surface.line',
					borderRadius: 1.5,
					bgcolor: 'background.paper',
					'&:focus-within': { borderColor: 'primary.main' },
				}}
			>
				<InputBase
					fullWidth
					multiline
					autoFocus
					maxRows={10}
					value={draft}
					placeholder={t('composer.placeholder')}
					onChange={(event) => keepDraft(conversation.id, event.target.value)}
					onKeyDown={(event) => {
						// The event of the element itself, which knows of input methods.
						if (!(event.nativeEvent instanceof KeyboardEvent) || !sendsDraft(event.nativeEvent)) return;
						event.preventDefault();
						void send();
					}}
					inputProps={{ 'aria-label': t('composer.label'), 'aria-describedby': footId, dir: 'auto' }}
					sx={{ py: 0.5 }}
				/>
				{streamingId === null ? (
					<RoundAct label={t('composer.send')} isDisabled={!canSend} onClick={() => void send()}>
						<SendIcon fontSize="small" />
					</RoundAct>
				) : (
					<RoundAct label={t('composer.stop')} onClick={() => void stopAnswer(streamingId)}>
						<StopIcon fontSize="small" />
					</RoundAct>
				)}
			</Box>
			<Foot
				id={footId}
				conversation={conversation}
				branch={branch}
				draft={draft}
				hint={streamingId !== null ? 'waiting' : isUnanswered ? 'unanswered' : 'hint'}
			/>
		</Box>
	);
}

interface FootProps extends Pick<Props, 'conversation' | 'branch'> {
	id: string;
	draft: string;
	hint: 'waiting' | 'unanswered' | 'hint';
}

/** Below the field: how it is used, or once something is written or the balance is short, what the answer will cost; and how full the context is. */
function Foot({ id, conversation: { modelId, settings }, branch, draft, hint }: FootProps) {
	const { t } = useTranslation('chat');
	const prompt = usePromptTokens({ modelId, branch, draft, systemPrompt: settings.systemPrompt });
	const cost = useCostWords(prompt, settings.maxTokens);
	const isCostSaid = cost !== null && hint === 'hint' && (draft.trim() !== '' || cost.isShort);
	const words = isCostSaid ? cost.words : t(`composer.${hint}`);
	return (
		<Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mt: 0.5, minHeight: 18 }}>
			<Typography
				variant="caption"
				noWrap
				id={id}
				title={isCostSaid ? words : ''}
				sx={{ minWidth: 0, color: isCostSaid && cost.isShort ? 'warning.main' : 'text.secondary', fontVariantNumeric: 'tabular-nums' }}
			>
				{words}
			</Typography>
			<ContextMeter prompt={prompt} />
		</Box>
	);
}

function RoundAct({ label, isDisabled = false, onClick, children }: { label: string; isDisabled?: boolean; onClick: () => void; children: React.ReactNode }) {
	return (
		<Tooltip title={label}>
			<span>
				<IconButton
					aria-label={label}
					disabled={isDisabled}
					onClick={onClick}
					sx={{
						width: 34,
						height: 34,
						bgcolor: 'primary.main',
						color: 'primary.contrastText',
						'&:hover': { bgcolor: 'primary.dark' },
						'&.Mui-disabled': { bgcolor: 'surface.sunken', color: 'text.disabled' },
					}}
				>
					{children}
				</IconButton>
			</span>
		</Tooltip>
	);
}
