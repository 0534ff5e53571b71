import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useLibrary } from './libraryStore.ts';

/** The ways a model comes into the library: its path on this machine, a chosen file, or the test model. */
export function AddModelDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
	const { t } = useTranslation('library');
	const { t: ui } = useTranslation('ui');
	const { addPath, writeTestModel } = useLibrary();
	const [path, setPath] = useState('');
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);

	const close = () => {
		setError(null);
		onClose();
	};
	const add = async (chosen: string) => {
		setBusy(true);
		setError(null);
		try {
			await addPath(chosen);
			setPath('');
			onClose();
		} catch (thrown) {
			setError(thrown);
		} finally {
			setBusy(false);
		}
	};
	const typed = path.trim().replace(/^"(.*)"$/, '$1');
	return (
		<Dialog open={open} onClose={close} maxWidth="sm" fullWidth aria-labelledby="add-title">
			<DialogTitle id="add-title">{t('add.title')}</DialogTitle>
			<DialogContent>
				<Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('add.text')}</Typography>
				<Box
					component="form"
					onSubmit={(event) => {
						event.preventDefault();
						if (typed) void add(typed);
					}}
					sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}
				>
					<TextField
						autoFocus
						fullWidth
						label={t('add.path')}
						placeholder={t('add.pathExample')}
						helperText={t('add.pathHelp')}
						value={path}
						onChange={(event) => setPath(event.target.value)}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr' } }}
					/>
					<Button type="submit" variant="contained" disabled={!typed} loading={isBusy} sx={{ mt: '2px' }}>
						{t('add.confirm')}
					</Button>
				</Box>
				<ErrorNotice error={error} sx={{ mt: 2 }} />
				<Way text={bridge() === null ? t('add.chooseHelp') : t('add.pickHelp')}>
					<ChooseFile onPath={(chosen) => void add(chosen)} onSent={close} onError={setError} />
				</Way>
				<Way text={t('test.text')}>
					<Button
						variant="outlined"
						color="inherit"
						onClick={() => {
							void writeTestModel();
							close();
						}}
					>
						{t('test.button')}
					</Button>
				</Way>
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={close}>
					{ui('cancel')}
				</Button>
			</DialogActions>
		</Dialog>
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
			<Button variant="outlined" color="inherit" onClick={() => void choose()}>
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
