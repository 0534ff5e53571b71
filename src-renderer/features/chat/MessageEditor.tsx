import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#contract/chat.ts';
import { sendMessage } from './chatStore.ts';
import { sendsDraft } from './sendsDraft.ts';

/** Edits a message that was sent: the new text becomes a sibling with an answer of its own, the old one stays beside it. */
export function MessageEditor({ message, onDone }: { message: Message; onDone: () => void }) {
	const { t } = useTranslation('chat');
	const [text, setText] = useState(message.content);
	const [isSending, setSending] = useState(false);
	const send = async () => {
		if (text.trim() === '' || isSending) return;
		setSending(true);
		// The new sibling takes this message's place on the screen; where sending failed the text stays here to be sent again.
		const wasSent = await sendMessage(message.parentId, text);
		setSending(false);
		if (wasSent) onDone();
	};
	return (
		<Box>
			<TextField
				fullWidth
				multiline
				maxRows={16}
				autoFocus
				value={text}
				onChange={(event) => setText(event.target.value)}
				onKeyDown={(event) => {
					if (sendsDraft(event.nativeEvent)) {
						event.preventDefault();
						void send();
					} else if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
						event.preventDefault();
						onDone();
					}
				}}
				slotProps={{ htmlInput: { 'aria-label': t('message.edit'), dir: 'auto' } }}
			/>
			<Box sx={{ display: 'flex', gap: 1, mt: 1 }}>
				<Button variant="contained" size="small" loading={isSending} disabled={text.trim() === ''} onClick={() => void send()}>
					{t('composer.send')}
				</Button>
				<Button color="inherit" size="small" onClick={onDone}>
					{t('message.keep')}
				</Button>
			</Box>
		</Box>
	);
}
