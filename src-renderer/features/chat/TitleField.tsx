import InputBase from '@mui/material/InputBase';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { changeConversation } from './chatStore.ts';

/** Takes another title: Enter or leaving keeps it, Escape leaves the old one. */
export function TitleField({ title, conversationId, onDone }: { title: string; conversationId: string; onDone: () => void }) {
	const { t } = useTranslation('chat');
	const isLeft = useRef(false);
	const finish = (typed: string | null) => {
		if (isLeft.current) return;
		isLeft.current = true;
		const wanted = typed?.trim() ?? '';
		if (wanted !== '' && wanted !== title) void changeConversation(conversationId, { title: wanted });
		onDone();
	};
	return (
		<InputBase
			autoFocus
			defaultValue={title}
			onFocus={(event) => event.target.select()}
			onBlur={(event) => finish(event.target.value)}
			onKeyDown={(event) => {
				if (event.nativeEvent.isComposing) return;
				if (event.key === 'Enter') finish(event.currentTarget.querySelector('input')?.value ?? null);
				if (event.key === 'Escape') finish(null);
			}}
			inputProps={{ 'aria-label': t('list.titleField'), maxLength: 200, dir: 'auto' }}
			sx={{ flex: 1, px: 1.5, borderRadius: 1, bgcolor: 'background.paper', outline: '2px solid', outlineColor: 'primary.main' }}
		/>
	);
}
