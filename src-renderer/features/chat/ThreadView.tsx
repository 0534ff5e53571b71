import DownIcon from '@mui/icons-material/ArrowDownward';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageView } from './MessageView.tsx';
import type { BranchEntry } from './selectBranch.ts';
import { useFollowBottom } from './useFollowBottom.ts';

interface Props {
	branch: readonly BranchEntry[];
	/** The model that is asked next, for the words shown while it loads. */
	modelId: string | null;
	isAnswering: boolean;
	/** The message that the reader came for; null where none was. */
	aimedId?: string | null;
}

/** Pixels of a message, about, until it is drawn. */
const likelyPx = 160;
const gapPx = 16;

/**
 * The messages of the branch that is shown, from its end. Follows the newest text until the reader scrolls up. Messages out of sight are not drawn,
 * so that a conversation of thousands is as light as one of ten, but for those that are being edited or have the focus.
 */
export function ThreadView({ branch, modelId, isAnswering, aimedId = null }: Props) {
	const { t } = useTranslation('chat');
	const scroller = useRef<HTMLDivElement>(null);
	const content = useRef<HTMLOListElement>(null);
	const { isFollowing, jumpToEnd, leaveEnd } = useFollowBottom(scroller, content);
	const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
	const [focused, setFocused] = useState<string | null>(null);
	const edit = useCallback((messageId: string, isEdited: boolean) => {
		setEdited((before) => new Set(isEdited ? [...before, messageId] : [...before].filter((id) => id !== messageId)));
	}, []);
	const isKept = (index: number) => {
		const id = branch[index]?.message.id ?? '';
		return id === focused || edited.has(id);
	};
	const rows = useVirtualizer({
		count: branch.length,
		getScrollElement: () => scroller.current,
		initialOffset: () => branch.length * (likelyPx + gapPx),
		estimateSize: () => likelyPx,
		gap: gapPx,
		paddingStart: gapPx,
		paddingEnd: gapPx,
		overscan: 2,
		getItemKey: (index) => branch[index]?.message.id ?? index,
		rangeExtractor: (range) => {
			const inView = defaultRangeExtractor(range);
			if (focused === null && edited.size === 0) return inView;
			return [...new Set([...inView, ...[...branch.keys()].filter(isKept)])].toSorted((a, b) => a - b);
		},
	});
	const lastId = branch.at(-1)?.message.id;
	// What the reader just sent, or asked for anew, is what they want to see.
	useEffect(() => {
		if (isAnswering && lastId !== undefined) jumpToEnd();
	}, [isAnswering, lastId, jumpToEnd]);
	const aimedAt = aimedId === null ? -1 : branch.findIndex(({ message }) => message.id === aimedId);
	const { scrollToIndex } = rows;
	useEffect(() => {
		if (aimedAt >= 0) leaveEnd(() => scrollToIndex(aimedAt, { align: 'center' }));
	}, [aimedAt, leaveEnd, scrollToIndex]);
	return (
		<Box sx={{ flex: 1, minHeight: 0, position: 'relative' }}>
			<Box
				ref={scroller}
				sx={{ height: '100%', overflow: 'auto', overflowAnchor: 'none', scrollbarGutter: 'stable both-edges' }}
				tabIndex={0}
				role="region"
				aria-label={t('thread.label')}
			>
				<Box
					ref={content}
					component="ol"
					sx={{ position: 'relative', listStyle: 'none', m: 0, px: 0, width: '100%', maxWidth: 808, mx: 'auto' }}
					style={{ height: rows.getTotalSize() }}
				>
					{rows.getVirtualItems().map(({ index, start }) => {
						const entry = branch[index];
						if (entry === undefined) return null;
						const { id } = entry.message;
						return (
							<Box
								key={id}
								ref={rows.measureElement}
								component="li"
								data-index={index}
								aria-setsize={branch.length}
								aria-posinset={index + 1}
								onFocus={() => setFocused(id)}
								onBlur={() => setFocused(null)}
								sx={{ position: 'absolute', top: 0, insetInline: 0, px: 3 }}
								style={{ transform: `translateY(${start}px)` }}
							>
								<MessageView
									entry={entry}
									isAimed={id === aimedId}
									isLast={index === branch.length - 1}
									isAnswering={isAnswering}
									isEditing={edited.has(id)}
									modelId={modelId}
									onEdit={edit}
								/>
							</Box>
						);
					})}
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
