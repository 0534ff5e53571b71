import DeleteIcon from '@mui/icons-material/Close';
import CommentIcon from '@mui/icons-material/PlaylistAdd';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import ListItemButton from '@mui/material/ListItemButton';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedComment } from '#contract/classReport.ts';
import { client } from '../../rpc/client.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { removeAimed } from '../../ui/removeAimed.ts';

/** The teacher's saved comments: one that is chosen is put into the feedback, and what is in the feedback can be saved as another. */
export function CommentPicker({ feedback, onPick }: { feedback: string; onPick: (text: string) => void }) {
	const { t } = useTranslation('grading');
	const button = useRef<HTMLButtonElement>(null);
	const [isOpen, setOpen] = useState(false);
	const { comments, read, save, remove } = useComments();
	const text = feedback.trim();
	const canSave = text !== '' && text.length <= 2000 && !(comments ?? []).some((comment) => comment.text === text);
	const open = () => {
		setOpen(true);
		void read();
	};
	return (
		<>
			<Button
				ref={button}
				size="small"
				color="inherit"
				aria-haspopup="dialog"
				startIcon={<CommentIcon fontSize="small" />}
				onClick={open}
				sx={{ alignSelf: 'flex-start', ml: -1 }}
			>
				{t('comments.open')}
			</Button>
			<Popover
				open={isOpen}
				anchorEl={button.current}
				onClose={() => setOpen(false)}
				anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
				slotProps={{ paper: { role: 'dialog', 'aria-label': t('comments.open'), sx: { width: 340, maxHeight: 360 } } }}
			>
				{comments?.length === 0 && <Typography sx={{ p: 2, pb: 0, color: 'text.secondary' }}>{t('comments.none')}</Typography>}
				{(comments ?? []).map((comment) => (
					<Box key={comment.id} sx={{ display: 'flex', alignItems: 'center', pr: 1 }}>
						<ListItemButton
							dense
							dir="auto"
							sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
							onClick={() => {
								onPick(comment.text);
								setOpen(false);
							}}
						>
							{comment.text}
						</ListItemButton>
						<IconButton
							size="small"
							aria-label={t('comments.remove', { text: comment.text.slice(0, 40) })}
							onClick={() => void removeAimed(() => remove(comment))}
						>
							<DeleteIcon fontSize="small" />
						</IconButton>
					</Box>
				))}
				<Box sx={{ p: 1, borderTop: comments?.length ? 1 : 0, borderColor: 'divider' }}>
					<Button size="small" color="inherit" disabled={!canSave} onClick={() => void save(text)}>
						{t('comments.save')}
					</Button>
				</Box>
			</Popover>
		</>
	);
}

/** The saved comments, read when they are first asked for; one that is removed can be brought back. */
function useComments() {
	const { t } = useTranslation('grading');
	const [comments, setComments] = useState<SavedComment[] | null>(null);
	const attempt = (work: Promise<unknown>) => work.then(() => client.grading.comments()).then(setComments, notifyError);
	const save = (text: string) => attempt(client.grading.addComment({ text }));
	return {
		comments,
		read: () => attempt(Promise.resolve()),
		save,
		remove: async ({ id }: SavedComment) => {
			await attempt(client.grading.removeComment({ commentId: id }));
			notify(t('comments.removed'), () => attempt(client.deleted.restore({ kind: 'comment', thingId: id })));
		},
	};
}
