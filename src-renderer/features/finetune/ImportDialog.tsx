import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModels } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notify.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { ModelField } from './ModelField.tsx';
import { sendAdapter } from './sendAdapter.ts';
import { trainingChoices } from './trainingChoices.ts';

/** Takes in an adapter that was made elsewhere: its file, the model it belongs to, and what it is to be called. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const input = useRef<HTMLInputElement>(null);
	const choices = trainingChoices(useModels().value ?? []);
	const [file, setFile] = useState<File | null>(null);
	const [modelId, setModelId] = useState<string | null>(null);
	const [name, setName] = useState('');
	const [sent, setSent] = useState<number | null>(null);
	const called = (name.trim() || (file?.name.replace(/\.gguf$/i, '') ?? '')).slice(0, 120);
	const take = async () => {
		if (file === null || modelId === null) return;
		setSent(0);
		try {
			const adapter = await sendAdapter(file, { modelId, name: called }, setSent);
			notify(t(adapter.remarks.length > 0 ? 'import.doneRemarks' : 'import.done', { name: adapter.name }));
		} finally {
			setSent(null);
		}
	};
	return (
		<ConfirmDialog
			open
			title={t('import.title')}
			confirmLabel={t('import.act')}
			isReady={file !== null && modelId !== null && called !== ''}
			onConfirm={take}
			onClose={onClose}
		>
			<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pt: 1 }}>
				<Typography sx={{ color: 'text.secondary' }}>{t('import.text')}</Typography>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
					<Button variant="outlined" color="inherit" onClick={() => input.current?.click()} sx={{ flex: 'none' }}>
						{t('import.choose')}
					</Button>
					<Typography noWrap dir="auto" role="status" sx={{ minWidth: 0, color: file ? 'text.primary' : 'text.secondary' }}>
						{file ? `${file.name} · ${format.bytes(file.size)}` : t('import.noFile')}
					</Typography>
					<input ref={input} type="file" accept=".gguf" hidden aria-label={t('import.choose')} onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
				</Box>
				<ModelField choices={choices} value={modelId} onChange={setModelId} help={t('import.modelHelp')} />
				<TextField
					fullWidth
					label={t('adapters.name')}
					value={name}
					placeholder={called}
					onChange={(event) => setName(event.target.value)}
					slotProps={{ htmlInput: { maxLength: 120, dir: 'auto', autoComplete: 'off' }, inputLabel: { shrink: true } }}
				/>
				<Box sx={{ minHeight: 48 }}>
					{sent !== null && (
						<ProgressLine title={t(sent > 0 && sent < 1 ? 'import.sending' : 'import.checking')} fraction={sent > 0 && sent < 1 ? sent : null} />
					)}
				</Box>
			</Box>
		</ConfirmDialog>
	);
}
