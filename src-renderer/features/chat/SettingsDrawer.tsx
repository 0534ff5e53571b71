import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '#contract/chat.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { useModels } from '../../rpc/live.ts';
import { changeConversation, type Thread } from './chatStore.ts';
import { NumberField } from './NumberField.tsx';
import type { NumberSetting } from './parseSetting.ts';
import { StopStringsField } from './StopStringsField.tsx';

const numberSettings: NumberSetting[] = ['temperature', 'maxTokens', 'topP', 'topK', 'minP', 'repeatPenalty', 'seed'];

/** How the conversation's answers are made. Each change is kept as its field is left, and counts from the next answer on. */
export function SettingsDrawer({ open, conversation, onClose }: { open: boolean; conversation: Thread['conversation']; onClose: () => void }) {
	const { t } = useTranslation('chat');
	const titleId = useId();
	// Fields keep what is typed; a reset draws them anew.
	const [resets, setResets] = useState(0);
	const { settings } = conversation;
	const { value: models } = useModels();
	const defaults = models?.find(({ id }) => id === conversation.modelId)?.defaults ?? null;
	const change = (settings: Partial<ChatSettings>) => changeConversation(conversation.id, { settings });
	const reset = async () => {
		await change(startingSettings(defaults));
		setResets(resets + 1);
	};
	return (
		<Drawer
			anchor="right"
			open={open}
			onClose={onClose}
			slotProps={{
				paper: { 'aria-labelledby': titleId, role: 'dialog', 'aria-modal': true, sx: { width: 360, maxWidth: '100vw', borderLeft: 1, borderColor: 'divider' } },
			}}
		>
			<Box sx={{ display: 'flex', alignItems: 'center', minHeight: 64, pl: 3, pr: 2 }}>
				<Typography id={titleId} variant="h2" sx={{ flex: 1 }}>
					{t('settings.title')}
				</Typography>
				<IconButton aria-label={t('settings.close')} onClick={onClose}>
					<CloseIcon fontSize="small" />
				</IconButton>
			</Box>
			<Box key={resets} sx={{ px: 3, pb: 3, overflow: 'auto', display: 'flex', flexDirection: 'column', gap: 2 }}>
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('settings.intro')}
				</Typography>
				<SystemPromptField value={settings.systemPrompt} onCommit={(systemPrompt) => void change({ systemPrompt })} />
				<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2, alignItems: 'start' }}>
					{numberSettings.map((name) => (
						<NumberField key={name} name={name} value={settings[name]} onCommit={(value) => void change({ [name]: value })} />
					))}
				</Box>
				<StopStringsField value={settings.stop} onCommit={(stop) => void change({ stop })} />
				<Button color="inherit" variant="outlined" size="small" onClick={() => void reset()} sx={{ alignSelf: 'flex-start' }}>
					{t('settings.reset')}
				</Button>
			</Box>
		</Drawer>
	);
}

function SystemPromptField({ value, onCommit }: { value: string; onCommit: (value: string) => void }) {
	const { t } = useTranslation('chat');
	const [text, setText] = useState(value);
	return (
		<TextField
			label={t('settings.systemPrompt')}
			helperText={t('settings.systemPromptHelp')}
			multiline
			minRows={3}
			maxRows={12}
			value={text}
			onChange={(event) => setText(event.target.value)}
			onBlur={() => {
				if (text !== value) onCommit(text);
			}}
			slotProps={{ htmlInput: { dir: 'auto', maxLength: 100_000 } }}
		/>
	);
}
