import PlaceIcon from '@mui/icons-material/ArrowForwardOutlined';
import ActIcon from '@mui/icons-material/BoltOutlined';
import ChatIcon from '@mui/icons-material/ChatBubbleOutlineOutlined';
import DatasetIcon from '@mui/icons-material/DatasetOutlined';
import GradingIcon from '@mui/icons-material/FactCheckOutlined';
import RecentIcon from '@mui/icons-material/HistoryOutlined';
import PageIcon from '@mui/icons-material/MenuBookOutlined';
import StudentIcon from '@mui/icons-material/PersonOutlined';
import SubtitlesIcon from '@mui/icons-material/SubtitlesOutlined';
import TermIcon from '@mui/icons-material/TranslateOutlined';
import Box from '@mui/material/Box';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { type ComponentType, useEffect, useRef } from 'react';
import { HitText } from './HitText.tsx';
import type { PaletteLine } from './usePaletteLines.ts';

const icons: Readonly<Record<PaletteLine['icon'], ComponentType<SvgIconProps>>> = {
	...{ act: ActIcon, place: PlaceIcon, recent: RecentIcon, page: PageIcon },
	...{ conversation: ChatIcon, message: ChatIcon, assignment: GradingIcon, question: GradingIcon, answer: GradingIcon, student: StudentIcon },
	...{ project: SubtitlesIcon, cue: SubtitlesIcon, term: TermIcon, dataset: DatasetIcon },
};

interface Props {
	line: PaletteLine;
	rowId: string;
	isChosen: boolean;
	onPoint: () => void;
	onTake: () => void;
}

/** One line of the palette; the keyboard stays in the field, which names the chosen one. */
export function PaletteRow({ line, rowId, isChosen, onPoint, onTake }: Props) {
	const row = useRef<HTMLDivElement>(null);
	const Icon = icons[line.icon];
	useEffect(() => {
		if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
	}, [isChosen]);
	return (
		// The field has the keyboard, and presses this too.
		<Box
			ref={row}
			id={rowId}
			role="option"
			aria-selected={isChosen}
			onClick={onTake}
			onMouseMove={isChosen ? undefined : onPoint}
			sx={{
				...{ display: 'flex', alignItems: 'center', gap: 1.5, mx: 0.5, px: 1.5, minHeight: 36, py: 0.5, borderRadius: 1, cursor: 'pointer' },
				...(isChosen && { bgcolor: 'action.selected' }),
			}}
		>
			<Icon aria-hidden sx={{ fontSize: 18, color: isChosen ? 'primary.main' : 'text.secondary' }} />
			<Box sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', display: '-webkit-box', WebkitLineClamp: 2, WebkitBoxOrient: 'vertical' }}>
				{line.found ? <HitText {...line.found} /> : <span dir="auto">{line.label}</span>}
			</Box>
			{line.detail !== '' && (
				<Box
					dir="auto"
					sx={{
						flex: 'none',
						maxWidth: '40%',
						overflow: 'hidden',
						textOverflow: 'ellipsis',
						whiteSpace: 'nowrap',
						color: 'text.secondary',
						typography: 'caption',
					}}
				>
					{line.detail}
				</Box>
			)}
		</Box>
	);
}
