import PreviousIcon from '@mui/icons-material/ChevronLeft';
import NextIcon from '@mui/icons-material/ChevronRight';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import AgainIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { notify } from '../../ui/notify.ts';
import { removeAimed } from '../../ui/removeAimed.ts';
import { answerAgain, removeMessage, restoreMessage, showSibling } from './chatStore.ts';
import type { BranchEntry } from './selectBranch.ts';

/** What can be done with one message; the arrows between its siblings are always in sight. */
export function MessageActions({ entry, isAnswering, onEdit }: { entry: BranchEntry; isAnswering: boolean; onEdit: () => void }) {
	const { t } = useTranslation('chat');
	const { message } = entry;
	const remove = async () => {
		if (await removeMessage(message.id)) notify(t('message.deleted'), () => restoreMessage(message.id));
	};
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', mt: 0.5, ml: -0.5, minHeight: 30 }}>
			{entry.siblingIds.length > 1 && <SiblingArrows entry={entry} />}
			<Box className="message-actions" sx={{ display: 'flex', transition: 'opacity 120ms' }}>
				<CopyButton text={message.content} />
				{message.role === 'user' ? (
					<Act label={t('message.edit')} icon={<EditIcon sx={{ fontSize: 16 }} />} isDisabled={isAnswering} onClick={onEdit} />
				) : (
					<Act
						label={t('message.regenerate')}
						icon={<AgainIcon sx={{ fontSize: 16 }} />}
						isDisabled={isAnswering}
						onClick={() => void answerAgain(message.id)}
					/>
				)}
				<Act label={t('message.delete')} icon={<DeleteIcon sx={{ fontSize: 16 }} />} isDisabled={isAnswering} onClick={() => void removeAimed(remove)} />
			</Box>
		</Box>
	);
}

function SiblingArrows({ entry: { siblingIds, position } }: { entry: BranchEntry }) {
	const { t } = useTranslation('chat');
	const go = (step: -1 | 1) => {
		const sibling = siblingIds[position + step];
		if (sibling !== undefined) void showSibling(sibling);
	};
	return (
		<Box role="group" aria-label={t('siblings.label')} sx={{ display: 'flex', alignItems: 'center', mr: 0.5 }}>
			<Act label={t('siblings.previous')} icon={<PreviousIcon sx={{ fontSize: 18 }} />} isDisabled={position === 0} onClick={() => go(-1)} />
			<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{position + 1}/{siblingIds.length}
			</Typography>
			<Act label={t('siblings.next')} icon={<NextIcon sx={{ fontSize: 18 }} />} isDisabled={position === siblingIds.length - 1} onClick={() => go(1)} />
		</Box>
	);
}

function Act({ label, icon, isDisabled = false, onClick }: { label: string; icon: ReactElement; isDisabled?: boolean; onClick: () => void }) {
	return (
		<Tooltip title={label}>
			{/* A disabled button says nothing of the pointer; the span keeps the tooltip. */}
			<span>
				<IconButton aria-label={label} disabled={isDisabled} onClick={onClick} sx={{ color: 'text.secondary' }}>
					{icon}
				</IconButton>
			</span>
		</Tooltip>
	);
}
