import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerBody } from './AnswerBody.tsx';
import { answerAgain } from './chatStore.ts';
import { MessageActions } from './MessageActions.tsx';
import { MessageEditor } from './MessageEditor.tsx';
import { PromptText } from './PromptText.tsx';
import { Remark } from './Remark.tsx';
import type { BranchEntry } from './selectBranch.ts';

interface Props {
	entry: BranchEntry;
	isLast: boolean;
	/** The reader came for it. */
	isAimed: boolean;
	/** An answer is being written in this conversation: nothing can be sent meanwhile. */
	isAnswering: boolean;
	/** The reader is writing it anew. */
	isEditing: boolean;
	modelId: string | null;
	/** Called as the reader begins to write a message anew, and as they are done. */
	onEdit: (messageId: string, isEdited: boolean) => void;
}

/** One message: who wrote it, what it says, and what can be done with it. Drawn again only when one of these changes. */
export const MessageView = memo(function MessageView({ entry, isLast, isAimed, isAnswering, isEditing, modelId, onEdit }: Props) {
	const { t } = useTranslation('chat');
	const { message } = entry;
	const isUser = message.role === 'user';
	return (
		<Box
			sx={{
				...(isAimed && { borderInlineStart: 3, borderColor: 'primary.main', pl: 1.5, ml: -1.75 }),
				'& .message-actions': { opacity: isLast ? 1 : 0 },
				'&:hover .message-actions, &:focus-within .message-actions': { opacity: 1 },
				'@media (hover: none)': { '& .message-actions': { opacity: 1 } },
			}}
		>
			<Typography variant="caption" component="h3" dir="auto" sx={{ color: 'text.secondary', fontWeight: 550, mb: 0.5 }}>
				{isUser ? t('message.you') : (message.modelName ?? t('message.model'))}
			</Typography>
			{isUser && isEditing && <MessageEditor message={message} onDone={() => onEdit(message.id, false)} />}
			{isUser && !isEditing && <PromptText text={message.content} />}
			{isUser && isLast && !isAnswering && !isEditing && (
				<Remark words={t('message.unanswered')} action={{ label: t('message.answer'), onClick: () => void answerAgain(message.id), isDisabled: false }} />
			)}
			{!isUser && <AnswerBody message={message} modelId={modelId} isAnswering={isAnswering} />}
			{!isEditing && message.status !== 'streaming' && <MessageActions entry={entry} isAnswering={isAnswering} onEdit={() => onEdit(message.id, true)} />}
		</Box>
	);
}, areSame);

function areSame(before: Props, now: Props): boolean {
	return (
		before.entry.message === now.entry.message &&
		before.entry.siblingIds.join() === now.entry.siblingIds.join() &&
		before.isLast === now.isLast &&
		before.isAimed === now.isAimed &&
		before.isAnswering === now.isAnswering &&
		before.isEditing === now.isEditing &&
		before.modelId === now.modelId
	);
}
