import DownIcon from '@mui/icons-material/ArrowDownward';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageView } from './MessageView.tsx';
import type { BranchEntry } from './selectBranch.ts';
import { useFollowBottom } from './useFollowBottom.ts';

interface Props {
	branch: readonly BranchEntry[];
	/** The model that is asked next, for the words shown while it loads. */
	modelId: string | null;
	isAnswering: boolean;
}

/** The messages of the branch that is shown. Follows the newest text until the reader scrolls up. */
export function ThreadView({ branch, modelId, isAnswering }: Props) {
	const { t } = useTranslation('chat');
	const scroller = useRef<HTMLDivElement>(null);
	const content = useRef<HTMLOListElement>(null);
	const { isFollowing, jumpToEnd } = useFollowBottom(scroller, content);
	const lastId = branch.at(-1)?.message.id;
	// What the reader just sent, or asked for anew, is what they want to see.
	useEffect(() => {
		if (isAnswering && lastId !== undefined) jumpToEnd();
	}, [isAnswering, lastId, jumpToEnd]);
	return (
		<Box sx={{ flex: 1, minHeight: 0, position: 'relative' }}>
			<Box
				ref={scroller}
				sx={{ height: '100%', overflow: 'auto', scrollbarGutter: 'stable both-edges' }}
				tabIndex={0}
				role="region"
				aria-label={t('thread.label')}
			>
				<Box
					ref={content}
					component="ol"
					sx={{ listStyle: 'none', m: 0, px: 3, py: 2, width: '100%', maxWidth: 808, mx: 'auto', display: 'flex', flexDirection: 'column', gap: 2 }}
				>
					{branch.map((entry, index) => (
						<MessageView key={entry.message.id} entry={entry} isLast={index === branch.length - 1} isAnswering={isAnswering} modelId={modelId} />
					))}
				</Box>
			</Box>
			{!isFollowing && (
				<Button
					variant="outlined"
					color="inherit"
					size="small"
					startIcon={<DownIcon />}
					onClick={jumpToEnd}
					sx={{
						position: 'absolute',
						bottom: 8,
						left: '50%',
						transform: 'translateX(-50%)',
						bgcolor: 'background.paper',
						boxShadow: '0 4px 12px rgba(0, 0, 0, 0.16)',
						'&:hover': { bgcolor: 'background.paper' },
					}}
				>
					{t('thread.jump')}
				</Button>
			)}
		</Box>
	);
}
