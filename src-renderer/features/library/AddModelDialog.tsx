import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notify.ts';
import { AddFromDisk } from './AddFromDisk.tsx';
import { AddFromExport } from './AddFromExport.tsx';
import { AddFromStores } from './AddFromStores.tsx';
import type { Taken } from './libraryStore.ts';

const ways = ['disk', 'stores', 'export'] as const;

/** The ways a model of this machine comes into the library: a file or folder, what other programs keep, or what Homeroom exported elsewhere. */
export function AddModelDialog({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('library');
	const { t: ui } = useTranslation('ui');
	const [way, setWay] = useState<(typeof ways)[number]>('disk');
	const tell = ({ count }: Taken) => {
		if (count > 0) notify(t('add.done', { count }));
		onClose();
	};
	return (
		<Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby="add-title">
			<DialogTitle id="add-title">{t('add.title')}</DialogTitle>
			<Box sx={{ px: 3, borderBottom: 1, borderColor: 'divider' }}>
				<Tabs value={way} onChange={(_event, chosen) => setWay(ways.find((known) => known === chosen) ?? 'disk')} aria-labelledby="add-title">
					{ways.map((name) => (
						<Tab
							key={name}
							value={name}
							id={`add-${name}`}
							aria-controls="add-way"
							label={t(`add.ways.${name}`)}
							sx={{ px: 1, mr: 2, minWidth: 0, textTransform: 'none' }}
						/>
					))}
				</Tabs>
			</Box>
			<DialogContent id="add-way" role="tabpanel" aria-labelledby={`add-${way}`} sx={{ minHeight: 456 }}>
				{way === 'disk' && <AddFromDisk onTaken={tell} onClose={onClose} />}
				{way === 'stores' && <AddFromStores onTaken={tell} />}
				{way === 'export' && <AddFromExport onStarted={onClose} />}
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
