import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Typography from '@mui/material/Typography';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMode } from '#contract/library.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { useModels } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { type Taken, useLibrary } from './libraryStore.ts';
import { PathForm } from './PathForm.tsx';

const modes: readonly ImportMode[] = ['inPlace', 'hardLink', 'copy'];

/** A GGUF file or a folder of this machine by its path, a chosen file, or the demonstration model where it is not there. */
export function AddFromDisk({ onTaken, onClose }: { onTaken: (taken: Taken) => void; onClose: () => void }) {
	const { t } = useTranslation('library');
	const { addPath, loadDemo } = useLibrary();
	const { value: models } = useModels();
	const hasDemo = models?.some(({ origin, fileState }) => origin.source === 'demo' && fileState === 'present') ?? false;
	const [mode, setMode] = useState<ImportMode>('inPlace');
	const [error, setError] = useState<unknown>(null);
	const add = async (path: string) => onTaken(await addPath(path, mode));
	return (
		<Box sx={{ pt: 1 }}>
			<PathForm label={t('add.pathOrFolder')} example={t('add.pathExample')} act={t('add.confirm')} onPath={add}>
				<ModeField value={mode} onChange={setMode} />
			</PathForm>
			<ErrorNotice error={error} sx={{ mt: 2 }} />
			<Way text={bridge() === null ? t('add.chooseHelp') : t('add.pickHelp')}>
				<ChooseFile onPath={(path) => void add(path).catch(setError)} onSent={onClose} onError={setError} />
			</Way>
			{!hasDemo && (
				<Way text={t('demo.text')}>
					<Button
						variant="outlined"
						color="inherit"
						onClick={() => {
							void loadDemo();
							onClose();
						}}
						sx={{ flex: 'none' }}
					>
						{t('demo.button')}
					</Button>
				</Way>
			)}
		</Box>
	);
}

/** How the file comes in, each way with what it means. */
function ModeField({ value, onChange }: { value: ImportMode; onChange: (mode: ImportMode) => void }) {
	const { t } = useTranslation('library');
	return (
		<RadioGroup
			aria-label={t('mode.label')}
			value={value}
			onChange={(_event, chosen) => onChange(modes.find((mode) => mode === chosen) ?? 'inPlace')}
			sx={{ mt: 1.5, gap: 0.5 }}
		>
			{modes.map((mode) => (
				<FormControlLabel
					key={mode}
					value={mode}
					control={<Radio size="small" sx={{ py: 0 }} />}
					sx={{ alignItems: 'flex-start', mr: 0 }}
					label={
						<>
							{t(`mode.${mode}`)}
							<Typography component="span" variant="caption" sx={{ display: 'block', color: 'text.secondary' }}>
								{t(`mode.${mode}Text`)}
							</Typography>
						</>
					}
				/>
			))}
		</RadioGroup>
	);
}

function Way({ text, children }: { text: string; children: ReactNode }) {
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mt: 2, pt: 2, borderTop: 1, borderColor: 'divider' }}>
			<Typography sx={{ flex: 1, color: 'text.secondary' }}>{text}</Typography>
			{children}
		</Box>
	);
}

/** The system's file dialog in the window; the browser's own, and an upload, in a browser. */
function ChooseFile({ onPath, onSent, onError }: { onPath: (path: string) => void; onSent: () => void; onError: (error: unknown) => void }) {
	const { t } = useTranslation('library');
	const addFiles = useLibrary((state) => state.addFiles);
	const input = useRef<HTMLInputElement>(null);
	const choose = async () => {
		if (bridge() === null) {
			input.current?.click();
			return;
		}
		try {
			const { path } = await client.system.pickModelFile();
			if (path !== null) onPath(path);
		} catch (error) {
			onError(error);
		}
	};
	return (
		<>
			<Button variant="outlined" color="inherit" onClick={() => void choose()} sx={{ flex: 'none' }}>
				{t('add.choose')}
			</Button>
			<input
				ref={input}
				type="file"
				accept=".gguf"
				multiple
				hidden
				aria-label={t('add.choose')}
				onChange={(event) => {
					addFiles([...(event.target.files ?? [])]);
					onSent();
				}}
			/>
		</>
	);
}
