import MoreIcon from '@mui/icons-material/MoreHoriz';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ConversationMenu } from './ConversationMenu.tsx';
import type { ConversationHead } from './chatStore.ts';
import { TitleField } from './TitleField.tsx';

interface Props {
	head: ConversationHead;
	isOpen: boolean;
	topPx: number;
	/** Its place in the whole list, from 1, of `total`: the list draws only some rows. */
	position: number;
	total: number;
}

/** One conversation in the list: opens on click, F2 or its menu renames it in place. */
export function ConversationRow({ head, isOpen, topPx, position, total }: Props) {
	const { t } = useTranslation('chat');
	const [isRenaming, setRenaming] = useState(false);
	const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
	const title = head.title || t('untitled');
	return (
		<Box
			role="listitem"
			aria-posinset={position}
			aria-setsize={total}
			sx={{
				position: 'absolute',
				insetInline: 0,
				top: topPx,
				height: 36,
				display: 'flex',
				alignItems: 'center',
				borderRadius: 1,
				bgcolor: isOpen ? 'action.selected' : 'transparent',
				'&:hover': { bgcolor: isOpen ? 'action.selected' : 'action.hover' },
				'& .row-menu': { display: menuAt ? 'inline-flex' : 'none' },
				'&:hover .row-menu, &:focus-within .row-menu': { display: 'inline-flex' },
			}}
		>
			{isRenaming ? (
				<TitleField title={head.title} onDone={() => setRenaming(false)} conversationId={head.id} />
			) : (
				<ButtonBase
					component={Link}
					to={`/chat/${head.id}`}
					dir="auto"
					aria-current={isOpen ? 'page' : undefined}
					onKeyDown={(event: React.KeyboardEvent) => {
						if (event.key === 'F2') setRenaming(true);
					}}
					sx={{
						flex: 1,
						minWidth: 0,
						height: '100%',
						px: 1.5,
						justifyContent: 'flex-start',
						borderRadius: 1,
						typography: 'body1',
						fontWeight: isOpen ? 600 : 400,
						color: head.title ? 'text.primary' : 'text.secondary',
					}}
				>
					<Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
						{title}
					</Box>
				</ButtonBase>
			)}
			<IconButton
				className="row-menu"
				aria-label={t('list.menu', { title })}
				aria-haspopup="menu"
				onClick={(event) => setMenuAt(event.currentTarget)}
				sx={{ mr: 0.5 }}
			>
				<MoreIcon fontSize="small" />
			</IconButton>
			<ConversationMenu anchor={menuAt} conversationId={head.id} title={title} onClose={() => setMenuAt(null)} onRename={() => setRenaming(true)} />
		</Box>
	);
}
