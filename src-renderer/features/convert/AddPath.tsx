import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../rpc/useMe.ts';
import { readPath } from '../../ui/readPath.ts';
import { addPath } from './batchStore.ts';

/** Adds a file or a folder by its path: it is read where it lies, however large it is. `onBegun` is told of the batch that begins with it. Not there for those who may name no path. */
export function AddPath({ onBegun }: { onBegun: (conversionId: string) => void }) {
	const { t } = useTranslation('convert');
	const may = useMay('admin');
	const [typed, setTyped] = useState('');
	const [isBusy, setBusy] = useState(false);
	if (!may) return null;
	const path = readPath(typed);
	const add = async () => {
		setBusy(true);
		await addPath(path, onBegun);
		setBusy(false);
		setTyped('');
	};
	return (
		<Box
			component="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (path && !isBusy) void add();
			}}
			sx={{ display: 'flex', gap: 1, mt: 2 }}
		>
			<TextField
				fullWidth
				label={t('batch.path')}
				placeholder="/data/orders"
				value={typed}
				onChange={(event) => setTyped(event.target.value)}
				slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 4096 } }}
			/>
			<Button type="submit" variant="outlined" disabled={!path} loading={isBusy} sx={{ flex: 'none' }}>
				{t('batch.addPath')}
			</Button>
		</Box>
	);
}
