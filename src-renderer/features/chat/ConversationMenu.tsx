import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { notify } from '../../ui/notify.ts';
import { saveText } from '../../ui/saveText.ts';
import { exportConversation, removeConversation, restoreConversation } from './chatStore.ts';

interface Props {
	/** Where the menu opens; null: it is closed. */
	anchor: HTMLElement | null;
	conversationId: string;
	title: string;
	onClose: () => void;
	onRename: () => void;
}

/** What can be done with a whole conversation: rename, export, delete with undo. */
export function ConversationMenu({ anchor, conversationId, title, onClose, onRename }: Props) {
	const { t } = useTranslation('chat');
	const navigate = useNavigate();
	const { conversationId: openId } = useParams();

	const save = async (format: 'markdown' | 'json') => {
		onClose();
		const document = await exportConversation(conversationId, format);
		if (document !== null) saveText(document.fileName, document.text, format === 'json' ? 'application/json' : 'text/markdown');
	};
	const remove = async () => {
		onClose();
		if (!(await removeConversation(conversationId))) return;
		if (openId === conversationId) await navigate('/chat');
		notify(t('deleted', { title }), async () => {
			await restoreConversation(conversationId);
			await navigate(`/chat/${conversationId}`);
		});
	};
	return (
		<Menu open={anchor !== null} anchorEl={anchor} onClose={onClose}>
			<MenuItem
				onClick={() => {
					onClose();
					onRename();
				}}
			>
				{t('menu.rename')}
			</MenuItem>
			<MenuItem onClick={() => void save('markdown')}>{t('menu.exportMarkdown')}</MenuItem>
			<MenuItem onClick={() => void save('json')}>{t('menu.exportJson')}</MenuItem>
			<Divider />
			<MenuItem onClick={() => void remove()} sx={{ color: 'error.main' }}>
				{t('menu.delete')}
			</MenuItem>
		</Menu>
	);
}
